"""Reading `data/guide/*.toml`: one file for each topic, refused as a whole when a row is wrong."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from casa.guide.law.rows import BASES, CONFIDENCES, OPERATORS, TOPICS, UNITS, Law, Row

_KNOWN = {one.name for one in fields(Row)}
_NEEDED = {
    one.name for one in fields(Row) if one.default is MISSING and one.default_factory is MISSING
}
_CLOSED = {"unit": UNITS, "op": OPERATORS, "date_basis": BASES, "confidence": CONFIDENCES}
_DAYS = ("valid_from", "valid_to", "verified_on")


class BadLaw(ValueError):  # noqa: N818
    """A row that cannot be right; the sentence names file and row."""


def read_folder(folder: Path) -> tuple[Row, ...]:
    """The rows of every topic, in the order of `TOPICS`.

    Raises:
        BadLaw: a row is wrong, or two rows say something of the same rule on one day.
        OSError: a file cannot be read.
    """
    paths = [folder / f"{topic}.toml" for topic in TOPICS]
    rows = tuple(row for path in paths if path.exists() for row in _rows(path))
    _refuse_two_truths(rows)
    return rows


def read_file(path: Path) -> tuple[Row, ...]:
    """The rows of one file; its name is their topic. Raises as `read_folder`."""
    rows = tuple(_rows(path))
    _refuse_two_truths(rows)
    return rows


def _rows(path: Path) -> Iterator[Row]:
    if path.stem not in TOPICS:
        raise BadLaw(f"{path.name}: gli argomenti sono {', '.join(TOPICS)}.")
    try:
        made = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise BadLaw(f"{path.name} non è un TOML leggibile: {wrong}.") from wrong
    shared = made.get("defaults", {})
    for number, given in enumerate(made.get("row", []), start=1):
        where = f"{path.name}, riga {number} ({given.get('code', '?')})"
        yield _row({"topic": path.stem, **shared, **given}, where)


def _row(given: Mapping[str, Any], where: str) -> Row:
    if unknown := set(given) - _KNOWN:
        raise BadLaw(f"{where}: chiave sconosciuta {', '.join(sorted(unknown))}.")
    if missing := _NEEDED - set(given):
        raise BadLaw(f"{where}: manca {', '.join(sorted(missing))}.")
    for name, allowed in _CLOSED.items():
        if given.get(name, allowed[0]) not in allowed:
            raise BadLaw(f"{where}: «{name}» può essere {', '.join(filter(None, allowed))}.")
    row = Row(**{**given, "value": _value(given.get("value"), where)})
    _refuse_wrong_days(row, where)
    return row


def _value(given: object, where: str) -> Decimal | None:
    if given is None:
        return None
    try:
        return Decimal(str(given))
    except InvalidOperation as wrong:
        raise BadLaw(f"{where}: «value» non è un numero.") from wrong


def _refuse_wrong_days(row: Row, where: str) -> None:
    for name in _DAYS:
        day = getattr(row, name)
        if day is not None and type(day) is not date:
            raise BadLaw(f"{where}: «{name}» non è una data come 2026-01-01.")
    if row.valid_to is not None and row.valid_to <= row.valid_from:
        raise BadLaw(f"{where}: il giorno finale deve venire dopo quello iniziale.")
    if row.is_verified and row.verified_on is None:
        raise BadLaw(f"{where}: è verificata, ma manca il giorno («verified_on»).")


def _refuse_two_truths(rows: tuple[Row, ...]) -> None:
    for place in sorted({row.jurisdiction for row in rows}):
        for one, other in Law(rows, jurisdiction=place).overlaps():
            day = f"{other.valid_from:%d/%m/%Y}"
            raise BadLaw(f"{one.topic}.toml: «{one.code}» ha due righe per il giorno {day}.")
