"""The clause around a paragraph of a model, as the drafting table reads it."""

import re
from pathlib import Path

from casa.drafting.draft import block_text
from casa.drafting.errors import Unreadable
from casa.drafting.filling.field import Place
from casa.drafting.limits import Limits
from casa.drafting.reading import read

_BLANK = re.compile(r"\s+")
_AHEAD = 400


class Clauses:
    """The labels of the clauses of a model, asked for in reading order."""

    def __init__(self, path: Path, *, limits: Limits) -> None:
        try:
            draft = read(path, limits=limits)
        except Unreadable:  # the model is read by its tags; labels are a help
            self._texts, self._labels = [], {}
            return
        self._texts = [_BLANK.sub("", block_text(block)) for block in draft.blocks]
        self._labels = {
            index: clause.label
            for clause in draft.clauses
            for index in range(clause.first_block, clause.last_block + 1)
        }
        self._at = 0

    def around(self, place: Place, text: str) -> str:
        """The label of the clause in which that paragraph of the body stands, or ""."""
        words = _BLANK.sub("", text)
        if place.part != "body" or not words or not self._texts:
            return ""
        for index in range(self._at, min(len(self._texts), self._at + _AHEAD)):
            if words in self._texts[index]:
                self._at = index
                return self._labels.get(index, "")
        return ""
