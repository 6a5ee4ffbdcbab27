"""`python -m casa.drafting fields [--conditions | --problems] MODEL`: a JSON list on stdout."""

from dataclasses import asdict

from casa.drafting.filling.discovering import conditions, fields, problems
from casa.drafting.filling.field import Field
from casa.drafting.filling.programs import json_bytes, parser


def run(arguments: list[str]) -> bytes:
    """The fields of a model (or its conditions, or what is wrong with it). Raises Unreadable."""
    reading = parser("fields")
    reading.add_argument("--conditions", action="store_true")
    reading.add_argument("--problems", action="store_true")
    options = reading.parse_args(arguments)
    if options.problems:
        return json_bytes([asdict(one) for one in problems(options.file, limits=options.limits)])
    if options.conditions:
        return json_bytes([asdict(one) for one in conditions(options.file, limits=options.limits)])
    return json_bytes([as_json(one) for one in fields(options.file, limits=options.limits)])


def as_json(field: Field) -> dict[str, object]:
    """A field as plain data; `place` is the first of its places, in words."""
    first = field.places[0].words if field.places else ""
    columns = [as_json(column) for column in field.columns]
    return {**asdict(field), "place": first, "columns": columns}
