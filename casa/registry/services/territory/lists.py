"""ISTAT's list of Comuni as plain values: what a file says, before anything is compared."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.foundation.sheets import read_csv
from casa.registry.models import Province

# What ISTAT calls the same column in SITUAS and in «Elenco-comuni-italiani.csv».
COLUMNS = {
    "code": ("codice comune (alfanumerico)", "codice comune formato alfanumerico"),
    "name": ("comune (dizione italiana)", "denominazione in italiano"),
    "cadastral": ("codice catasto", "codice catastale del comune"),
    "province": ("codice provincia (storico)",),
    "province_name": (
        "provincia/uts",
        "denominazione dell'unità territoriale sovracomunale (valida a fini statistici)",
    ),
    "kind": ("tipologia provincia/uts", "tipologia di unità territoriale sovracomunale"),
    "sigla": ("sigla automobilistica",),
    "region": ("codice regione",),
}
KINDS = {
    "1": Province.Kind.PROVINCE,
    "2": Province.Kind.AUTONOMOUS,
    "3": Province.Kind.METROPOLITAN_CITY,
    "4": Province.Kind.FREE_CONSORTIUM,
    "5": Province.Kind.NON_ADMINISTRATIVE,
}
SHAPES = {"code": r"\d{6}", "province": r"\d{3}", "region": r"\d{2}", "kind": r"[1-5]"}
COMPULSORY = ("name", "province_name", "sigla")


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    code: str
    sigla: str
    name: str
    kind: str
    region: str


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    code: str
    name: str
    cadastral: str
    province: str


@dataclass(frozen=True, slots=True)
class PlaceList:
    """The Provinces and Comuni of one day, by ISTAT code."""

    provinces: dict[str, ProvinceRow]
    municipalities: dict[str, MunicipalityRow]


def read_istat(content: bytes) -> PlaceList:
    """Read ISTAT's CSV (UTF-8 or Windows-1252). What it can't be sure of, it refuses."""
    lines = read_csv(content)
    pick = _columns(next(lines, (1, []))[1])
    found = PlaceList(provinces={}, municipalities={})
    for line, cells in lines:
        _add(found, pick(cells), line=line)
    if not found.municipalities:
        raise Refused(_("Il file non contiene nessun Comune. Nulla è stato cambiato."))
    return found


def _columns(header: list[str]) -> Callable[[list[str]], dict[str, str]]:
    """A function that picks the columns by name; refuses a header that is not ISTAT's."""
    titles = [_plain(title) for title in header]
    places = {}
    for column, names in COLUMNS.items():
        found = [titles.index(name) for name in names if name in titles]
        if not found:
            raise Refused(
                _("Questo non è l'elenco dei Comuni dell'ISTAT: manca la colonna «%(name)s».")
                % {"name": names[0]}
                + " "
                + _("Scarica il CSV da istat.it o da SITUAS. Nulla è stato cambiato.")
            )
        places[column] = found[0]

    def pick(cells: list[str]) -> dict[str, str]:
        return {
            column: cells[place] if place < len(cells) else "" for column, place in places.items()
        }

    return pick


def _plain(title: str) -> str:
    """A title without capitals, line breaks and the numbers of footnotes."""
    return re.sub(r"\s*\(\d\)\s*$", "", " ".join(title.lower().split()))


def _add(found: PlaceList, cells: dict[str, str], *, line: int) -> None:
    for problem in _problems(found, cells):
        raise Refused(
            _("Riga %(line)s: %(problem)s. Nulla è stato cambiato.")
            % {"line": line, "problem": problem}
        )
    province = ProvinceRow(
        code=cells["province"],
        sigla=cells["sigla"],
        name=cells["province_name"],
        kind=KINDS[cells["kind"]],
        region=cells["region"],
    )
    found.provinces.setdefault(province.code, province)
    found.municipalities[cells["code"]] = MunicipalityRow(
        code=cells["code"],
        name=cells["name"],
        cadastral=cells["cadastral"],
        province=province.code,
    )


def _problems(found: PlaceList, cells: dict[str, str]) -> Iterator[str]:
    for column, shape in SHAPES.items():
        if not re.fullmatch(shape, cells[column]):
            yield _("«%(value)s» non è valido nella colonna «%(column)s»") % {
                "value": cells[column],
                "column": COLUMNS[column][0],
            }
    for column in COMPULSORY:
        if not cells[column]:
            yield _("la colonna «%(column)s» è vuota") % {"column": COLUMNS[column][0]}
    if cells["code"] in found.municipalities:
        yield _("il codice %(code)s compare due volte") % {"code": cells["code"]}
