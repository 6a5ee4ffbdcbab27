"""What a manuscript asks for: the fields that all share, its own, and sample answers for them."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from casa.drafting.filling import FORMATS, LABELS, Field, FieldType
from casa.drafting.manuscript.manuscript import BadManuscript, Fault, Manuscript

LIST = "elenco"
_ALIKE = frozenset({FieldType.FISCAL_CODE, FieldType.VAT_NUMBER})  # a body's two are one number


@dataclass(frozen=True, slots=True)
class Asked:
    """A field as a page asks for it; `columns` are those of a list, () for a list of words."""

    name: str
    label: str
    type: str
    example: object
    help: str = ""
    columns: tuple[str, ...] = ()

    @property
    def kind(self) -> FieldType:
        """Its type as filling tells it."""
        form = FORMATS.get(self.type)
        return FieldType.LIST if self.type == LIST else (form and form.type) or FieldType.TEXT


def shared_fields(path: Path) -> Mapping[str, Asked]:
    """The fields of `data/starter/fields.toml`. Raises `BadManuscript`, `OSError`."""
    try:
        rows = tomllib.loads(path.read_text("utf-8"))
        return {name: _asked(name, row) for name, row in rows.items()}
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise BadManuscript([Fault(0, f"{path.name} non è valido: {error}")]) from error


def own_fields(manuscript: Manuscript) -> Mapping[str, Asked]:
    """The fields that only this manuscript has."""
    rows = manuscript.head.get("fields", {})
    return {name: _asked(name, row) for name, row in rows.items()}


def _asked(name: str, row: Mapping[str, Any]) -> Asked:
    columns = tuple(row.get("columns", ()))
    return Asked(name, row["label"], row["type"], row["example"], row.get("help", ""), columns)


def fields_of(manuscript: Manuscript, shared: Mapping[str, Asked]) -> Mapping[str, Asked]:
    """All that it may ask for; its own answers stand in place of the shared examples."""
    known = {**shared, **own_fields(manuscript)}
    given = manuscript.head.get("answers", {})
    return {
        name: replace(asked, example=given[name]) if name in given else asked
        for name, asked in known.items()
    }


def sample(fields: Mapping[str, Asked]) -> dict[str, object]:
    """Made-up answers to everything."""
    return {name: asked.example for name, asked in fields.items()}


def unasked(
    used: tuple[Field, ...], manuscript: Manuscript, shared: Mapping[str, Asked]
) -> Iterator[tuple[str, str]]:
    """What is wrong between the fields that the text uses and those declared: name and words."""
    own, known = own_fields(manuscript), fields_of(manuscript, shared)
    for name in own.keys() & shared.keys():
        yield name, f"il campo «{name}» è già in fields.toml: toglilo dalla testata"
    for name in own.keys() - {field.name for field in used}:
        yield name, f"il campo «{name}» è nella testata e non nel testo"
    for name in manuscript.head.get("answers", {}).keys() - {field.name for field in used}:
        yield name, f"la risposta «{name}» non serve: il testo non chiede quel campo"
    for asked in own.values():
        if asked.type != LIST and asked.type not in FORMATS:
            yield asked.name, f"il tipo «{asked.type}» del campo «{asked.name}» non esiste"
    for field in used:
        yield from ((field.name, words) for words in _misused(field, known.get(field.name)))


def _misused(field: Field, asked: Asked | None) -> Iterator[str]:
    if asked is None:
        yield f"il campo «{field.name}» non è in fields.toml né nella testata"
        return
    kinds = {field.type, asked.kind}
    if field.type != FieldType.TEXT and len(kinds) > 1 and not kinds <= _ALIKE:
        said, meant = LABELS[field.type], asked.type
        yield f"«{field.name}» è dichiarato {meant}, ma il testo (o il suo nome) lo dice {said}"
    unknown = {column.name for column in field.columns} - set(asked.columns)
    for column in sorted(unknown):
        yield f"la colonna «{column}» di «{field.name}» non è tra quelle dichiarate"
    yield from _bad_rows(asked)


def _bad_rows(asked: Asked) -> Iterator[str]:
    """Every row of the example has the declared columns."""
    rows = asked.example if asked.type == LIST else []
    if not isinstance(rows, list):
        yield f"l'esempio di «{asked.name}» è un elenco [ ]"
        return
    if asked.columns and any(set(row) != set(asked.columns) for row in rows):
        yield f"nell'esempio di «{asked.name}» ogni riga ha le colonne {', '.join(asked.columns)}"
