"""The last look at a written merge, read once: nothing that should stand in it may be missing."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from casa.drafting.draft import Block, Draft
from casa.drafting.errors import Unreadable
from casa.drafting.labels import split_number
from casa.drafting.limits import Limits
from casa.drafting.merging.model import ClauseMerge, Merge
from casa.drafting.reading import read
from casa.drafting.text import clean

_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")
_TOLD = 3


class Look:
    """What a written file says with all its changes accepted. Raises Unreadable."""

    def __init__(self, data: bytes, *, limits: Limits) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder, "result")
            path.write_bytes(data)
            self.draft = read(path, limits=limits)
        self._letters = "".join(
            _letters(words) for block in self.draft.blocks for words in _words(block)
        )
        self._text = _plain(self.draft.text)

    def missing(self, wanted: Iterable[Block]) -> list[Block]:
        """Those of the blocks whose words the file does not say."""
        return [
            block
            for block in wanted
            if any(_letters(one) not in self._letters for one in _words(block))
        ]

    def says_too(self, line: str) -> None:
        """Count a line that was written after this look."""
        self._text = f"{self._text}{_plain(line)}"

    def check(self, merge: Merge) -> None:
        """Raise Unreadable, naming the clauses, when words of the result are not there.

        Undecided conflicts are tracked changes, whose words stand among ours: they are not
        looked at.
        """
        decided = [one for one in merge.clauses if one.state != "conflict" or one.is_decided]
        if lacking := [clause for clause in decided if not self._stands(clause)]:
            raise Unreadable("merge", _sentence(lacking))

    def _stands(self, clause: ClauseMerge) -> bool:
        """Its words; the numbers that the program counts are others once an item went."""
        parts = (clause.result or "").split("\n")
        return all(
            _plain(part) in self._text or _plain(split_number(part)[1]) in self._text
            for part in parts
        )


def brings_nothing(base: Draft, ours: Draft, theirs: Draft) -> bool:
    """The source says what it said, or what we say: then our text is the result as it stands."""
    said, own, was = (
        [(block.number, block.text, block.rows) for block in draft.blocks]
        for draft in (theirs, ours, base)
    )
    return said in (own, was)


def _words(block: Block) -> list[str]:
    return [cell for row in block.rows for cell in row] if block.rows else [block.text]


def _letters(text: str) -> str:
    return _SPACE.sub("", clean(text))


def _plain(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} " if _WORD.search(text) else ""


def _sentence(missing: Sequence[ClauseMerge]) -> str:
    names = [
        " ".join(part for part in (clause.label, clause.heading) if part) or clause.key
        for clause in missing
    ]
    told = ", ".join(f"«{name}»" for name in names[:_TOLD])
    more = f" e altre {len(names) - _TOLD}" if len(names) > _TOLD else ""
    return (
        f"Il risultato non si può scrivere da solo nel nostro file: riporta a mano {told}{more}, "
        "per esempio perché le tabelle dei due testi hanno righe o colonne diverse."
    )
