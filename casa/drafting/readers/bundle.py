"""A ZIP as one document: each file in it under its own name, read for what it is."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile, ZipInfo

from casa.drafting import reading
from casa.drafting.archive import opened
from casa.drafting.draft import Block, Draft
from casa.drafting.errors import Unreadable
from casa.drafting.limits import Limits
from casa.drafting.passages import Content, Passage
from casa.drafting.text import clean, one_line

CERTAINTY = 0.9
_DEEPEST = 9
_NAME = 200
_NOT_FILES = ("__MACOSX/", ".DS_Store", "Thumbs.db")
_INTEGRITY = {"intact": "integra", "altered": "alterata", "unverified": "non verificata"}


def read(path: Path, *, limits: Limits) -> Content:
    """The files in the order of their names; what cannot be read is named, with the reason.

    The archive has passed the guard, which bounds entries, sizes, names and nesting.
    """
    if not limits.depth:
        raise Unreadable("archive_bomb")
    inside = replace(limits, depth=limits.depth - 1)
    content = Content(confidence=CERTAINTY)
    with opened(path) as archive, TemporaryDirectory() as folder:
        for entry in _files(archive):
            name = one_line(clean(entry.filename))[:_NAME]
            copy = Path(folder, "member")
            copy.write_bytes(archive.read(entry))
            content.passages.append(Passage(name, outline=1))
            _add(content, copy, name=name, limits=inside)
    if not content.passages:
        raise Unreadable("empty")
    return content


def _files(archive: ZipFile) -> list[ZipInfo]:
    found = [entry for entry in archive.infolist() if not entry.is_dir()]
    kept = [entry for entry in found if not any(mark in entry.filename for mark in _NOT_FILES)]
    return sorted(kept, key=lambda entry: entry.filename)


def _add(content: Content, path: Path, *, name: str, limits: Limits) -> None:
    try:
        draft = reading.read(path, limits=limits)
    except Unreadable as refused:
        content.unread.append(f"«{name}»: {refused.message}")
        return
    content.passages += _signatures(draft)
    content.passages += [_passage(block) for block in draft.blocks]
    content.unread += [f"«{name}»: {sentence}" for sentence in draft.unread]
    content.tracked_changes += draft.tracked_changes
    content.comments += draft.comments
    content.has_macros |= draft.has_macros
    content.hidden_text |= draft.hidden_text
    content.has_images |= draft.has_images


def _signatures(draft: Draft) -> Iterator[Passage]:
    for signer in draft.signers:
        who = signer.name or "persona non indicata"
        yield Passage(f"Firma {_INTEGRITY[signer.integrity]}: {who}", flat=True)


def _passage(block: Block) -> Passage:
    """A block as it was read, one level deeper: the name of its file stands above it."""
    heading = block.kind == "heading"
    return Passage(
        block.text,
        number=block.number,
        outline=min(block.level + 1, _DEEPEST) if heading else 0,
        depth=0 if heading else block.level,
        flat=not heading and not block.number,
        note=block.kind == "note",
        rows=block.rows,
    )
