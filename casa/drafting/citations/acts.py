"""Acts by name: how they are called in short, their addresses, the days of those often cited.

Days are those of the official titles.
"""

from dataclasses import dataclass

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
DAYS = {
    "d.lgs. 36/2023": "2023-03-31",
    "d.lgs. 50/2016": "2016-04-18",
    "d.lgs. 163/2006": "2006-04-12",
    "d.lgs. 209/2024": "2024-12-31",
    "d.lgs. 267/2000": "2000-08-18",
    "d.lgs. 165/2001": "2001-03-30",
    "d.lgs. 231/2001": "2001-06-08",
    "d.lgs. 231/2002": "2002-10-09",
    "d.lgs. 196/2003": "2003-06-30",
    "d.lgs. 82/2005": "2005-03-07",
    "d.lgs. 152/2006": "2006-04-03",
    "d.lgs. 198/2006": "2006-04-11",
    "d.lgs. 81/2008": "2008-04-09",
    "d.lgs. 104/2010": "2010-07-02",
    "d.lgs. 118/2011": "2011-06-23",
    "d.lgs. 159/2011": "2011-09-06",
    "d.lgs. 33/2013": "2013-03-14",
    "d.lgs. 39/2013": "2013-04-08",
    "d.lgs. 117/2017": "2017-07-03",
    "d.lgs. 24/2023": "2023-03-10",
    "l. 300/1970": "1970-05-20",
    "l. 689/1981": "1981-11-24",
    "l. 241/1990": "1990-08-07",
    "l. 52/1991": "1991-02-21",
    "l. 381/1991": "1991-11-08",
    "l. 68/1999": "1999-03-12",
    "l. 488/1999": "1999-12-23",
    "l. 296/2006": "2006-12-27",
    "l. 69/2009": "2009-06-18",
    "l. 136/2010": "2010-08-13",
    "l. 135/2012": "2012-08-07",
    "l. 190/2012": "2012-11-06",
    "l. 56/2014": "2014-04-07",
    "l. 120/2020": "2020-09-11",
    "l. 108/2021": "2021-07-29",
    "l. 41/2023": "2023-04-21",
    "l. cost. 3/2001": "2001-10-18",
    "d.l. 187/2010": "2010-11-12",
    "d.l. 95/2012": "2012-07-06",
    "d.l. 32/2019": "2019-04-18",
    "d.l. 76/2020": "2020-07-16",
    "d.l. 77/2021": "2021-05-31",
    "d.l. 13/2023": "2023-02-24",
    "d.P.R. 633/1972": "1972-10-26",
    "d.P.R. 131/1986": "1986-04-26",
    "d.P.R. 445/2000": "2000-12-28",
    "d.P.R. 380/2001": "2001-06-06",
    "d.P.R. 207/2010": "2010-10-05",
    "d.P.R. 62/2013": "2013-04-16",
    "r.d. 2440/1923": "1923-11-18",
    "r.d. 827/1924": "1924-05-23",
    "r.d. 267/1942": "1942-03-16",
}
CODES = {
    "c.c.": "urn:nir:stato:regio.decreto:1942-03-16;262:2",
    "c.p.": "urn:nir:stato:regio.decreto:1930-10-19;1398:1",
    "c.p.c.": "urn:nir:stato:regio.decreto:1940-10-28;1443:1",
    "c.p.p.": "urn:nir:stato:decreto.del.presidente.della.repubblica:1988-09-22;447",
    "Cost.": "urn:nir:stato:costituzione:1947-12-27",
}
ANNEXED = {"d.lgs. 104/2010": ":1"}
"""What is cited of that decree is the code annexed to it."""
PUBLIC_CONTRACTS = "d.lgs. 36/2023"
EARLIER_CODES = (("2016-04-19", "d.lgs. 163/2006"), ("2023-07-01", "d.lgs. 50/2016"))
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
