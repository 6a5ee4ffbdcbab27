"""`python -m casa.drafting convert-all --to pdf ORDERS.json FILE…`: filled documents as one ZIP.

LibreOffice starts once for all the files of one kind. ORDERS is a list, one order for each file:
`{"kind": "docx", "stamp": {…}}`. The ZIP holds «0», «1»…: a document, or the JSON of a refusal.
"""

import io
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from casa.drafting.errors import Unreadable
from casa.drafting.filling import making
from casa.drafting.filling.filling import TARGETS
from casa.drafting.filling.programs import NOT_JSON, json_bytes, json_given, parser
from casa.drafting.filling.stamping import stamped_pdf
from casa.drafting.limits import Limits
from casa.drafting.wire import refusal_json

Orders = list[dict[str, Any]]


def run(arguments: list[str]) -> bytes:
    """The documents in the order of the files. Raises Unreadable for bad orders."""
    reading = parser("convert-all")
    reading.add_argument("documents", type=Path, nargs="+")
    reading.add_argument("--to", choices=TARGETS, required=True)
    options = reading.parse_args(arguments)
    orders: Orders = json_given(options.file.read_text("utf-8"), list)
    if len(orders) != len(options.documents):
        raise Unreadable("data", NOT_JSON)
    made = _converted(options.documents, orders, to=options.to, limits=options.limits)
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_STORED) as archive:
        for number, order in enumerate(orders):
            archive.writestr(str(number), _finished(made[number], order, to=options.to))
    return written.getvalue()


def _converted(
    files: list[Path], orders: Orders, *, to: str, limits: Limits
) -> dict[int, bytes | None]:
    """By number what each became; a file that already has the format is given as it is."""
    made: dict[int, bytes | None] = {}
    for kind in {str(order["kind"]) for order in orders}:
        mine = [number for number, order in enumerate(orders) if order["kind"] == kind]
        paths = [files[number] for number in mine]
        if kind == to:
            given = [path.read_bytes() for path in paths]
            made.update(zip(mine, given, strict=True))
        else:
            found = making.all_converted(paths, kind=kind, to=to, limits=limits)
            made.update(zip(mine, found, strict=True))
    return made


def _finished(document: bytes | None, order: dict[str, Any], *, to: str) -> bytes:
    if document is None:
        return json_bytes(refusal_json(making.failed()))
    try:
        stamp = {str(name): str(value) for name, value in order["stamp"].items()}
        return stamped_pdf(document, stamp) if stamp and to == "pdf" else document
    except Exception:  # noqa: BLE001 -- a file may break the program in any way
        return json_bytes(refusal_json(making.failed()))
