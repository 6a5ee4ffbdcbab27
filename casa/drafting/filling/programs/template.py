"""`python -m casa.drafting template --confirmed JSON FILE`: the model on stdout."""

from casa.drafting.errors import Unreadable
from casa.drafting.filling.field import FieldType
from casa.drafting.filling.programs import NOT_JSON, json_given, parser
from casa.drafting.filling.templating import Confirmed, as_template


def run(arguments: list[str]) -> bytes:
    """The model; `--confirmed` is a list of {number, name, type, format}. Raises Unreadable."""
    reading = parser("template")
    reading.add_argument("--confirmed", required=True)
    options = reading.parse_args(arguments)
    rows = json_given(options.confirmed, list)
    try:
        chosen = [Confirmed(**{**row, "type": FieldType(row.get("type", "text"))}) for row in rows]
    except (TypeError, ValueError, AttributeError) as error:
        raise Unreadable("data", NOT_JSON) from error
    return as_template(options.file, chosen, limits=options.limits)
