"""The front matter of a manuscript: TOML between two lines `+++`, with its keys and types."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from casa.drafting.manuscript.manuscript import BadManuscript, Fault

FENCE: Final = "+++"
_REQUIRED: Final[Mapping[str, type]] = {
    "title": str,
    "object": str,
    "kind": str,
    "pillar": str,
    "version": int,
    "changes": str,
    "checked_on": date,
    "to_check": list,
}
_OPTIONAL: Final[Mapping[str, type]] = {
    "phase": str,
    "procedure_type": str,
    "contract_type": str,
    "criterion": str,
    "amount_band": str,
    "cpv_codes": list,
    "tags": list,
    "adopts": str,
    "short": bool,
    "fields": dict,
    "answers": dict,
}
_MOST: Final = {"title": 200, "object": 1000, "changes": 2000}
_LONGEST: Final = 500
_CHOICES: Final[Mapping[str, frozenset[str]]] = {
    "kind": frozenset(
        (
            *("model", "procedure", "document", "clause", "practice"),
            *("organisational_model", "service_model"),
        )
    ),
    "phase": frozenset(["", "planning", "design", "award", "performance"]),
    "procedure_type": frozenset(
        (
            *("", "direct_award", "negotiated", "open_procedure", "restricted_procedure"),
            *("competitive_with_negotiation", "competitive_dialogue", "innovation_partnership"),
            "framework_call_off",
        )
    ),
    "contract_type": frozenset(["", "works", "services", "supplies", "concession"]),
    "criterion": frozenset(["", "best_value", "lowest_price"]),
    "amount_band": frozenset(["", "up_to_40k", "up_to_150k", "up_to_1m", "up_to_5m", "over_5m"]),
}
_TYPES: Final = {
    str: "un testo tra virgolette",
    int: "un numero intero",
    date: "una data AAAA-MM-GG",
    list: "un elenco [ ]",
    bool: "true o false",
    dict: "un gruppo [ ]",
}
_FIELD_KEYS: Final = frozenset({"label", "type", "help", "example", "columns"})
_AT_LINE: Final = re.compile(r"\(at line (\d+), column \d+\)")
_CPV: Final = re.compile(r"\d{8}")


def split(text: str) -> tuple[dict[str, Any], int]:
    """The front matter, and the number of the first line after it. Raises `BadManuscript`."""
    lines = text.split("\n")
    if lines[0].strip() != FENCE:
        raise BadManuscript([Fault(1, f"il file comincia con una riga «{FENCE}»")])
    end = next((at for at, line in enumerate(lines[1:], 1) if line.strip() == FENCE), None)
    if end is None:
        raise BadManuscript([Fault(1, f"manca la riga «{FENCE}» che chiude la testata")])
    head = _parsed("\n".join(lines[1:end]))
    faults = [
        Fault(_line_of(lines[:end], name), words) for name, words in [*_keys(head), *_sense(head)]
    ]
    if faults:
        raise BadManuscript(faults)
    return head, end + 2


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) + 1 if found else 0
        words = _AT_LINE.sub("", str(error)).strip()
        raise BadManuscript([Fault(line, f"la testata non è TOML valido: {words}")]) from error


def _line_of(lines: list[str], name: str) -> int:
    """Where a key stands, "fields.x" in its own group."""
    wanted = (f"[{name}]", f"{name} ", f"{name}=")
    return next((at for at, line in enumerate(lines, 1) if line.strip().startswith(wanted)), 1)


def _keys(head: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, kind in _REQUIRED.items():
        if name not in head:
            yield name, f"nella testata manca «{name}» ({_TYPES[kind]})"
    for name, value in head.items():
        kinds = {**_REQUIRED, **_OPTIONAL}
        if name not in kinds:
            yield name, f"nella testata «{name}» non è una voce conosciuta"
        elif type(value) is not kinds[name]:
            yield name, f"nella testata «{name}» deve essere {_TYPES[kinds[name]]}"


def _sense(head: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, most in _MOST.items():
        if len(str(head.get(name, "x"))) > most or not str(head.get(name, "x")).strip():
            yield name, f"«{name}» deve avere da 1 a {most} caratteri"
    for name, words in _CHOICES.items():
        if head.get(name, next(iter(words))) not in words:
            told = ", ".join(sorted(word or '""' for word in words))
            yield name, f"«{head[name]}» non è ammesso in «{name}»: {told}"
    if isinstance(head.get("version"), int) and head["version"] < 1:
        yield "version", "la prima versione è 1"
    yield from _lists(head)
    yield from _fields(head.get("fields", {}))


def _lists(head: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in ("to_check", "tags", "cpv_codes"):
        values = head.get(name, [])
        if isinstance(values, list) and not all(isinstance(one, str) and one for one in values):
            yield name, f"«{name}» contiene solo testi tra virgolette"
    for code in head.get("cpv_codes", []):
        if not _CPV.fullmatch(str(code)):
            yield "cpv_codes", f"«{code}» non è un codice CPV di 8 cifre"
    for tag in head.get("tags", []):
        if str(tag) != str(tag).lower():
            yield "tags", f"l'etichetta «{tag}» si scrive in minuscolo"
    yield from _to_check(head.get("to_check"))


def _to_check(sentences: object) -> Iterator[tuple[str, str]]:
    if sentences == []:
        yield "to_check", "«to_check» dice almeno una cosa che un giurista deve controllare"
    if isinstance(sentences, list) and any(len(str(one)) > _LONGEST for one in sentences):
        yield "to_check", f"ogni frase di «to_check» ha al massimo {_LONGEST} caratteri"


def _fields(fields: object) -> Iterator[tuple[str, str]]:
    for name, field in fields.items() if isinstance(fields, dict) else ():
        known = isinstance(field, dict) and set(field) <= _FIELD_KEYS
        if not known or not {"label", "type", "example"} <= set(field):
            yield f"fields.{name}", f"il campo «{name}» ha label, type, example (e help, columns)"
