"""What the programs `fields` and `blanks` print, as records again; nothing is taken on trust.

The other side is a jail: every name, type and length is checked before anything else looks.
"""

from collections.abc import Iterable
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from casa.drafting.filling.blanks import Blank
from casa.drafting.filling.field import Condition, Field
from casa.drafting.text import clean
from casa.drafting.wire import Malformed

MOST_LETTERS = 2_000
MOST_ROWS = 2_000
_TOLD_TWICE = "place"  # of a field: the words of its first place

Record = TypeVar("Record")


def fields_from(data: object) -> tuple[Field, ...]:
    """The fields that `fields` printed. Raises Malformed."""
    return _records(Field, data)


def conditions_from(data: object) -> tuple[Condition, ...]:
    """The conditions that `fields --conditions` printed. Raises Malformed."""
    return _records(Condition, data)


def blanks_from(data: object) -> tuple[Blank, ...]:
    """The blanks that `blanks` printed. Raises Malformed."""
    return _records(Blank, data)


def _records(kind: type[Record], data: object) -> tuple[Record, ...]:
    if not isinstance(data, list | tuple) or len(data) > MOST_ROWS:
        raise Malformed(kind.__name__)
    return tuple(_built(kind, one) for one in data)


def _built(kind: Any, data: object) -> Any:
    if get_origin(kind) is tuple:
        if not isinstance(data, list | tuple) or len(data) > MOST_ROWS:
            raise Malformed(str(kind))
        return tuple(_built(get_args(kind)[0], one) for one in data)
    return _record(kind, data) if is_dataclass(kind) else _scalar(kind, data)


def _record(kind: Any, data: object) -> Any:
    if not isinstance(data, dict):
        raise Malformed(kind.__name__)
    hints = _hints(kind)
    given = {name: value for name, value in data.items() if name in hints}
    if not _needed(kind) <= given.keys() or not _is_known(data.keys(), hints):
        raise Malformed(kind.__name__)
    return kind(**{name: _built(hints[name], value) for name, value in given.items()})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _needed(kind: Any) -> frozenset[str]:
    return frozenset(one.name for one in fields(kind) if one.default is MISSING)


def _is_known(names: Iterable[str], hints: Iterable[str]) -> bool:
    return set(names) <= {*hints, _TOLD_TWICE}


def _scalar(kind: Any, data: object) -> object:
    if issubclass(kind, StrEnum):
        if data not in list(kind):
            raise Malformed(kind.__name__)
        return kind(data)
    if type(data) is not kind:
        raise Malformed(kind.__name__)
    if isinstance(data, str):
        return clean(data)[:MOST_LETTERS]
    return data
