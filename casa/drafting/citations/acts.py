"""Acts by name: how they are called in short, their addresses, the days of those often cited.

Days and codes stand in `acts.toml`, with their source and how sure they are.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

PATHS = {
    "d.lgs.": "stato:decreto.legislativo",
    "d.l.": "stato:decreto.legge",
    "l.": "stato:legge",
    "l. cost.": "stato:legge.costituzionale",
    "d.P.R.": "stato:decreto.del.presidente.della.repubblica",
    "d.P.C.M.": "presidente.consiglio.ministri:decreto",
    "d.m.": "ministero:decreto",
    "r.d.": "stato:regio.decreto",
    "r.d.l.": "stato:regio.decreto.legge",
}
_TABLE = tomllib.loads(Path(__file__).with_name("acts.toml").read_text(encoding="utf-8"))
DAYS: dict[str, str] = {name: day.isoformat() for name, day in _TABLE["days"].items()}
CODES: dict[str, str] = _TABLE["codes"]
ANNEXED = {"d.lgs. 104/2010": ":1"}
"""What is cited of that decree is the code annexed to it."""
PUBLIC_CONTRACTS = "d.lgs. 36/2023"
EARLIER_CODES: tuple[tuple[str, str], ...] = tuple(
    (row["until"].isoformat(), row["act"]) for row in _TABLE["earlier_code"]
)
"""Until the day before, that act was «il Codice»."""


@dataclass(frozen=True, slots=True)
class Act:
    """An act as cited: `name` in short, `urn` of the whole act, the `kind` that words refer to."""

    name: str
    urn: str = ""
    kind: str = ""
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name an act. `needs_part`: they count only with an article; `is_code`: the text
    calls that act «Codice»."""

    start: int
    end: int
    act: Act
    needs_part: bool = False
    is_code: bool = False


def act_of(kind: str, number: str, year: int, *, day: str = "") -> Act:
    """A numbered act of the State; without its day it has a year only, and is not certain."""
    name = f"{kind} {int(number)}/{year}"
    known = day or DAYS.get(name, "")
    urn = (
        f"urn:nir:{PATHS[kind]}:{known or year};{int(number)}{ANNEXED.get(name, '')}"
        if kind in PATHS
        else ""
    )
    return Act(name, urn, kind, certain=bool(known))


def named(name: str) -> Act:
    """An act by its short name, as the tables know it."""
    if name in CODES:
        return Act(name, CODES[name], "codice")
    if name.startswith("reg. (UE) "):
        year, number = name.removeprefix("reg. (UE) ").split("/")
        return Act(name, f"http://data.europa.eu/eli/reg/{year}/{number}/oj", "reg.")
    kind, _, number = name.rpartition(" ")
    return act_of(kind, number.split("/")[0], int(number.split("/")[1]))
