"""Files inside a file (archive, message, invoice): each read for what it is, in its place."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from casa.drafting import reading
from casa.drafting.draft import Block, Draft
from casa.drafting.errors import Unreadable
from casa.drafting.kinds import LABELS, Kind
from casa.drafting.limits import Limits
from casa.drafting.passages import Content, Passage
from casa.drafting.signer import Signer
from casa.drafting.sniffing import sniff
from casa.drafting.text import clean, one_line

MOST_READ = 300
_DEEPEST = 9
_NAME = 200
_KILO = 1000
_INTEGRITY = {"intact": "integra", "altered": "alterata", "unverified": "non verificata"}
_TOO_DEEP = "è dentro troppi file uno dentro l'altro, e non si legge."
_PROGRAM = "«{name}» è un programma: toglilo e carica di nuovo il resto."
_MACROS = "contiene macro, e non si legge."


def name_of(text: str) -> str:
    """The name as it may be shown: one line, at most 200 characters, never empty."""
    return one_line(clean(text))[:_NAME].strip() or "senza nome"


def add(content: Content, name: str, data: bytes, *, limits: Limits, level: int = 1) -> None:
    """Put the file below a heading with its name; what can't be read is named, with the reason.

    A program among the files is refused (Unreadable); a file with macros is not read, and told.
    """
    content.passages.append(Passage(name, outline=min(level, _DEEPEST)))
    with TemporaryDirectory() as folder:
        copy = Path(folder, "member")
        copy.write_bytes(data)
        _add(content, copy, name=name, limits=limits, level=level)


def described(name: str, data: bytes) -> str:
    """ "capitolato.pdf (un PDF, 12 kB)"."""
    with TemporaryDirectory() as folder:
        copy = Path(folder, "member")
        copy.write_bytes(data)
        return f"{name} ({LABELS[sniff(copy)]}, {_size(len(data))})"


def _size(count: int) -> str:
    if count < _KILO:
        return f"{count} byte"
    kilos = count / _KILO
    if kilos < _KILO:
        return f"{kilos:.0f} kB"
    return f"{kilos / _KILO:.1f} MB".replace(".", ",")


def _add(content: Content, path: Path, *, name: str, limits: Limits, level: int) -> None:
    kind = sniff(path)
    if kind == Kind.PROGRAM:
        raise Unreadable("not_supported", _PROGRAM.format(name=name))
    if kind in (Kind.DOCM, Kind.XLSM):
        content.has_macros = True
        content.unread.append(f"«{name}»: {_MACROS}")
        return
    if limits.depth < 1:
        content.unread.append(f"«{name}»: {_TOO_DEEP}")
        return
    try:
        draft = reading.read(path, limits=replace(limits, depth=limits.depth - 1))
    except Unreadable as refused:
        deep = limits.depth == 1 and refused.code == "archive_bomb"
        content.unread.append(f"«{name}»: {_TOO_DEEP if deep else refused.message}")
    else:
        _take(content, draft, name=name, level=level)


def _take(content: Content, draft: Draft, *, name: str, level: int) -> None:
    content.passages += _signatures(draft)
    content.passages += [_passage(block, level=level) for block in draft.blocks]
    content.signers += [_inside(signer, name) for signer in draft.signers]
    content.unread += [f"«{name}»: {sentence}" for sentence in draft.unread]
    content.tracked_changes += draft.tracked_changes
    content.comments += draft.comments
    content.has_macros |= draft.has_macros
    content.hidden_text |= draft.hidden_text
    content.has_images |= draft.has_images
    authors = (content.metadata.author, draft.metadata.author, draft.metadata.last_author)
    known = ", ".join(dict.fromkeys(author for author in authors if author))[:_NAME]
    content.metadata = replace(content.metadata, author=known)


def _inside(signer: Signer, name: str) -> Signer:
    return replace(signer, note=f"Nel file «{name}». {signer.note}".strip())


def _signatures(draft: Draft) -> Iterator[Passage]:
    for signer in draft.signers:
        who = signer.name or "persona non indicata"
        yield Passage(f"Firma {_INTEGRITY[signer.integrity]}: {who}", flat=True)


def _passage(block: Block, *, level: int) -> Passage:
    """A block as it was read, below the name of its file."""
    heading = block.kind == "heading"
    return Passage(
        block.text,
        number=block.number,
        outline=min(block.level + level, _DEEPEST) if heading else 0,
        depth=0 if heading else block.level,
        flat=not heading and not block.number,
        note=block.kind == "note",
        rows=block.rows,
    )
