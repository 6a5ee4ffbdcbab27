"""The file of norms: groups of rows that share what stands beside them."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Final

from casa.drafting.norms.rows import CONFIDENCES, DATE_BASES, STATUSES, BadNorms, Norm


def read_toml(text: str) -> list[Norm]:
    """The rows of a table: each `[[group]]` has `norms`, and what they share stands beside them.

    A row may name several: `articles = "127, 140, 142-144"`, `commi = "8-10"`. Raises `BadNorms`.
    """
    try:
        groups = tomllib.loads(text).get("group", [])
    except tomllib.TOMLDecodeError as reason:
        raise BadNorms(f"La tabella delle norme non è TOML valido: {reason}.") from reason
    return [norm for group in groups for norm in _group(group)]


def _group(group: Mapping[str, Any]) -> Iterator[Norm]:
    shared = {name: value for name, value in group.items() if name != "norms"}
    for row in group.get("norms", [{}]):
        yield from _expanded(shared | row)


def _expanded(row: dict[str, Any]) -> Iterator[Norm]:
    articles = _numbers(row.pop("articles", row.pop("article", "")))
    commi = _numbers(row.pop("commi", row.pop("comma", "")))
    for article in articles:
        for comma in commi:
            yield _norm(row | {"article": article, "comma": comma})


def _numbers(words: object) -> list[str]:
    """ "127, 140, 142-144» → each number; «10-bis» and «all. II.14» are one."""
    found: list[str] = []
    for part in str(words).split(","):
        span = re.fullmatch(r"(\d+)-(\d+)", part.strip())
        if span:
            found.extend(str(number) for number in range(int(span[1]), int(span[2]) + 1))
        else:
            found.append(part.strip())
    return found


_FIELDS: Final = {field.name: field for field in fields(Norm)}
_DATES: Final = ("valid_from", "valid_to", "verified_on")
_CHOICES: Final = {"status": STATUSES, "date_basis": DATE_BASES, "confidence": CONFIDENCES}


def _norm(row: dict[str, Any]) -> Norm:
    """One row, with its types checked. The words name the row, since the file has hundreds."""
    where = f"Norma «{row.get('act', '?')}» {row.get('article', '')}".rstrip()
    for name, value in row.items():
        _check(name, value, where=where)
    missing = {"act", "status", "valid_from", "citation", "source"} - set(row)
    if missing:
        raise BadNorms(f"{where}: manca {', '.join(sorted(missing))}.")
    norm = Norm(**row)
    _check_sense(norm, where=where)
    return norm


def _check(name: str, value: object, *, where: str) -> None:
    if name not in _FIELDS:
        raise BadNorms(f"{where}: «{name}» non è un campo della tabella.")
    wanted = date if name in _DATES else str
    if type(value) is not wanted:
        kind = "una data AAAA-MM-GG" if wanted is date else "un testo"
        raise BadNorms(f"{where}: «{name}» deve essere {kind}.")
    if name in _CHOICES and value not in _CHOICES[name]:
        raise BadNorms(f"{where}: «{value}» non è ammesso in «{name}».")


def _check_sense(norm: Norm, *, where: str) -> None:
    if norm.valid_to is not None and norm.valid_to <= norm.valid_from:
        raise BadNorms(f"{where}: finisce prima di cominciare.")
    if norm.confidence == "verified" and norm.verified_on is None:
        raise BadNorms(f"{where}: è verificata, ma non dice quando.")
