"""Italian articles before the names of bodies: «del Comune di…», «dell'Unione di…»."""

from datetime import date

from django.utils.formats import date_format

from casa.registry.models import Body, JoinRequest

_FEMININE = (
    "provincia",
    "città",
    "comunità",
    "regione",
    "rete",
    "centrale",
    "stazione",
    "società",
    "camera",
    "fondazione",
)
_MASCULINE = ("comune", "libero", "consorzio", "parco")
_ELIDED = ("unione", "ente", "azienda", "agenzia", "associazione", "istituto", "autorità", "ambito")


def of_body(body: Body) -> str:
    """The name after «di»: of whom."""
    return _joined(body.name, feminine="della ", masculine="del ", vowel="dell'", plain="di ")


def to_body(body: Body) -> str:
    """The name after «a»: to whom."""
    return _joined(body.name, feminine="alla ", masculine="al ", vowel="all'", plain="a ")


def for_body(body: Body) -> str:
    """The name after «per»: for whom."""
    return _for(body.name)


def for_wanted(request: JoinRequest) -> str:
    """The name of the body asked for after «per», also while nobody has opened it."""
    return _for(request.wanted)


def _for(name: str) -> str:
    return "per " + _joined(name, feminine="la ", masculine="il ", vowel="l'", plain="")


def _joined(name: str, *, feminine: str, masculine: str, vowel: str, plain: str) -> str:
    first = name.split(" ", 1)[0].lower()
    if first in _FEMININE:
        return feminine + name
    if first in _MASCULINE:
        return masculine + name
    if first in _ELIDED:
        return vowel + name
    return plain + name


def long_date(day: date) -> str:
    """A day as pages write it: «3 marzo 2026»."""
    return date_format(day, "j F Y")
