"""What a merge is: every clause with its three texts, and what becomes of it."""

from dataclasses import dataclass
from typing import Any, Literal

from casa.drafting.comparing.units import Unit

State = Literal["same", "ours", "theirs", "both_same", "conflict"]
Side = Literal["ours", "theirs"]
STATES: tuple[State, ...] = ("same", "ours", "theirs", "both_same", "conflict")


@dataclass(frozen=True)
class ClauseMerge:
    """One clause of a merge. The texts are its words without its own number; None where it is not.

    `state`: `ours` and `theirs` say whose change holds, a removal included; `both_same` that both
    made the same one; `conflict` that a person must decide. Of a conflict whose two edits do not
    touch, `proposal` holds both; it is never taken by itself. `side` is whose words and form
    stand in the result ("" when the clause is gone), for a conflict until somebody decides;
    `edited` are words that a person wrote instead. `moved`: they put it in another place.
    """

    key: str
    state: State
    base: str | None
    ours: str | None
    theirs: str | None
    side: Literal["ours", "theirs", ""]
    label: str = ""
    heading: str = ""
    proposal: str | None = None
    moved: bool = False
    edited: str | None = None
    is_decided: bool = False
    units: tuple[Unit | None, Unit | None, Unit | None] = (None, None, None)

    @property
    def result(self) -> str | None:
        """The words that stand in the result; None when the clause is gone."""
        if self.edited is not None:
            return self.edited
        return {"ours": self.ours, "theirs": self.theirs, "": None}[self.side]


@dataclass(frozen=True)
class Merge:
    """The clauses in the order of the result; those that go stand where they stood."""

    clauses: tuple[ClauseMerge, ...]

    @property
    def conflicts(self) -> tuple[ClauseMerge, ...]:
        """The clauses that a person must still decide on."""
        return tuple(
            clause
            for clause in self.clauses
            if clause.state == "conflict" and not clause.is_decided
        )


def to_json(merge: Merge) -> dict[str, Any]:
    """What `casa merge --json` prints."""
    return {
        "clauses": [
            {
                "key": clause.key,
                "state": clause.state,
                "base": clause.base,
                "ours": clause.ours,
                "theirs": clause.theirs,
            }
            for clause in merge.clauses
        ]
    }
