"""One thing to look at before a document goes out."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Where something is mended."""

    ANSWERS = "answers"
    DATA = "data"
    LOTS = "lots"
    TENDER = "tender"
    MODEL = "model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is wrong, by which rule, where it is mended. It blocks, or it warns.

    `answers` are the questions it is about, the one to mend first; `paper` is the key of the one
    document that it concerns, None where it concerns all that use those answers.
    """

    text: str
    rule: str
    citation: str = ""
    place: Place
    answers: tuple[str, ...] = ()
    paper: int | None = None
    blocks: bool = False

    def concerns(self, paper: int, asked: Collection[str]) -> bool:
        """Whether it is about this document, which asks these things."""
        if self.paper is not None:
            return self.paper == paper
        return any(name in asked for name in self.answers)
