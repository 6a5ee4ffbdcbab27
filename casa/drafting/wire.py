"""A Draft as JSON and back. The other side of the wire is a jail, so nothing is taken on trust.

The process that reads files may have been taken over by the file; what it prints is checked for
every type, every offset and every sum before anything else looks at it.
"""

import json
from dataclasses import MISSING, asdict, fields
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from casa.drafting.draft import BLOCK_KINDS, FORMATS, Block, Clause, Draft, Metadata, lay_out
from casa.drafting.errors import MESSAGES, Unreadable
from casa.drafting.signer import INTEGRITIES, Signer
from casa.drafting.text import clean

MESSAGE_LENGTH = 500


class Malformed(ValueError):  # noqa: N818 -- it reads as a sentence
    """This JSON is not a draft; the message says which part."""


def to_json(draft: Draft) -> dict[str, Any]:
    """The draft as plain lists, dicts, strings and numbers."""
    return asdict(draft)


def from_json(data: object) -> Draft:
    """The draft again; raises Malformed unless it is what `to_json` gives, now or in the past."""
    draft: Draft = _build(Draft, data, "draft")
    _check_blocks(draft)
    _check_clauses(draft)
    _check_signers(draft)
    return draft


def refusal_json(error: Unreadable) -> dict[str, str]:
    """What the program prints for a file that cannot be read."""
    return {"code": error.code, "message": error.message}


def parse_output(output: bytes) -> Draft:
    """The draft that `python -m casa.drafting FILE` printed; raises Unreadable if it refused.

    Output that is neither a draft nor a refusal means that the reader broke on the file.
    """
    try:
        data = json.loads(output)
    except (ValueError, RecursionError) as error:
        raise Unreadable("corrupt") from error
    if isinstance(data, dict) and set(data) == {"code", "message"}:
        raise _refused(data)
    try:
        return from_json(data)
    except Malformed as error:
        raise Unreadable("corrupt") from error


def _refused(data: dict[str, Any]) -> Unreadable:
    code, message = data["code"], data["message"]
    if code not in MESSAGES or not isinstance(message, str):
        return Unreadable("corrupt")
    return Unreadable(code, clean(message)[:MESSAGE_LENGTH])


def _check_blocks(draft: Draft) -> None:
    if draft.format not in FORMATS or not 0 <= draft.confidence <= 1:
        raise Malformed("draft")
    if any(block.kind not in BLOCK_KINDS or block.level < 0 for block in draft.blocks):
        raise Malformed("blocks")
    if draft.text != lay_out(draft.blocks)[0] or draft.text != _without_nul(draft.text):
        raise Malformed("text")


def _check_signers(draft: Draft) -> None:
    if draft.envelopes < 0 or any(one.integrity not in INTEGRITIES for one in draft.signers):
        raise Malformed("signers")


def _check_clauses(draft: Draft) -> None:
    if len({clause.key for clause in draft.clauses}) < len(draft.clauses):
        raise Malformed("clauses: keys")
    _, spans = lay_out(draft.blocks)
    reached = -1
    for clause in draft.clauses:
        if not reached < clause.first_block <= clause.last_block < len(spans):
            raise Malformed("clauses: order")
        if (clause.start, clause.end) != (
            spans[clause.first_block][0],
            spans[clause.last_block][1],
        ):
            raise Malformed("clauses: offsets")
        if clause.text not in draft.text[clause.start : clause.end]:
            raise Malformed("clauses: text")
        reached = clause.last_block


def _without_nul(text: str) -> str:
    """What PostgreSQL and UTF-8 accept."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def _build(kind: Any, data: object, place: str) -> Any:
    """`data` as an instance of the annotated type `kind`."""
    if get_origin(kind) in (Union, UnionType):
        return None if data is None else _build(_only_type(kind), data, place)
    if get_origin(kind) is tuple:
        if not isinstance(data, list | tuple):
            raise Malformed(place)
        return tuple(_build(get_args(kind)[0], item, place) for item in data)
    if kind in (Draft, Block, Clause, Metadata, Signer):
        return _build_record(kind, data, place)
    return _scalar(kind, data, place)


def _build_record(kind: Any, data: object, place: str) -> Any:
    hints = _hints(kind)
    if not isinstance(data, dict) or not _required(kind) <= data.keys() <= hints.keys():
        raise Malformed(place)
    return kind(**{name: _build(hints[name], data[name], f"{place}.{name}") for name in data})


@cache
def _required(kind: Any) -> frozenset[str]:
    """A draft that was stored before a field existed has its default."""
    return frozenset(field.name for field in fields(kind) if field.default is MISSING)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _only_type(kind: Any) -> Any:
    return next(option for option in get_args(kind) if option is not type(None))


def _scalar(kind: Any, data: object, place: str) -> object:
    expected: Any = kind if kind in (int, bool, float) else str
    if expected is float and type(data) is int:
        return float(data)
    if type(data) is not expected:
        raise Malformed(place)
    if isinstance(data, str) and data != _without_nul(data):
        raise Malformed(place)
    return data
