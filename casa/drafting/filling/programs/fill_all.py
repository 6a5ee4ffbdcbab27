"""`python -m casa.drafting fill-all ORDERS.json MODEL…`: several documents as one ZIP on stdout.

Starting Python and its libraries takes longer than filling a model. ORDERS is a list, one order for
each model: `{"data": {…}, "stamp": {…}}`. The ZIP holds «0», «1»…: a document, or the JSON of a
refusal, which is how a model that cannot be filled leaves the others alone.
"""

import argparse
import io
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from casa.drafting.errors import Unreadable
from casa.drafting.filling.filling import fill
from casa.drafting.filling.programs import NOT_JSON, json_bytes, json_given
from casa.drafting.wire import refusal_json


def run(arguments: list[str]) -> bytes:
    """The documents in the order of the models. Raises Unreadable for bad orders."""
    reading = argparse.ArgumentParser(prog="python -m casa.drafting fill-all")
    reading.add_argument("orders", type=Path)
    reading.add_argument("models", type=Path, nargs="+")
    options = reading.parse_args(arguments)
    orders = json_given(options.orders.read_text("utf-8"), list)
    if len(orders) != len(options.models):
        raise Unreadable("data", NOT_JSON)
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as archive:
        for number, (model, order) in enumerate(zip(options.models, orders, strict=True)):
            archive.writestr(str(number), _filled(model, order))
    return made.getvalue()


def _filled(model: Path, order: dict[str, Any]) -> bytes:
    try:
        return fill(model, order["data"], stamp=order["stamp"])
    except Unreadable as refused:
        return json_bytes(refusal_json(refused))
    except Exception:  # noqa: BLE001 -- a file may break the program in any way
        return json_bytes(refusal_json(Unreadable("corrupt")))
