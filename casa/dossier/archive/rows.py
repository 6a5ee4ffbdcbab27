"""Rows of the database as plain JSON, and back, without keys of this database."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.timezone import is_naive


def plain_fields(model: type[models.Model]) -> list[str]:
    """The fields of a model that hold a value of their own: no key, no tie, no bytes."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if not (field.primary_key or field.is_relation or isinstance(field, models.BinaryField))
    ]


def told(row: models.Model) -> dict[str, Any]:
    """Every plain field of a row, as JSON takes it."""
    return {name: plain(getattr(row, name)) for name in plain_fields(type(row))}


def plain(value: object) -> object:
    """Days and moments as ISO 8601 (moments in UTC), amounts as text; the rest as it is."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def understood(model: type[models.Model], row: Mapping[str, Any]) -> dict[str, Any]:
    """The plain fields that a row tells, as the model takes them; what it does not know is left.

    Raises ValueError, TypeError or ValidationError for what does not fit.
    """
    found = {}
    for name in plain_fields(model):
        if name in row:
            field = model._meta.get_field(name)
            found[name] = _value(field, row[name])
    return found


def moment(text: object) -> datetime:
    """A moment with its zone; ValueError for anything else."""
    made = datetime.fromisoformat(str(text))
    if is_naive(made):
        raise ValueError(text)
    return made


def _value(field: Any, value: object) -> object:
    if isinstance(field, models.DateTimeField):
        return None if value is None else moment(value)
    if isinstance(field, models.CharField | models.TextField) and not isinstance(value, str):
        raise TypeError(field.name)
    return field.to_python(value)
