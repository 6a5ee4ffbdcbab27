"""The files of documents, as the jail makes them: one by one, or many in one go."""

import io
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.utils.translation import gettext as _

from casa.dossier.models import Dossier, Paper
from casa.foundation import jail
from casa.foundation.errors import Refused
from casa.library.queries import main_upload

FORMATS = ("docx", "odt", "pdf")
TOGETHER = 8
"""How many models one jail takes: it has nine places for files, one is for the answers."""
MANY = jail.JailLimits(output=8 * jail.JailLimits().output)
AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Made:
    """The bytes of a document and its format."""

    data: bytes
    format: str


@dataclass(frozen=True, slots=True)
class Order:
    """One document to make: its model as a file, the answers, what its properties say."""

    file: Path
    format: str
    data: Mapping[str, object]
    stamp: Mapping[str, str]

    @property
    def wire(self) -> dict[str, Any]:
        """As the program in the jail reads it."""
        return {"data": dict(self.data), "stamp": dict(self.stamp)}


def order_of(paper: Paper, answers: Mapping[str, object], *, dossier: Dossier, on: date) -> Order:
    """What to make of a paper. Refused when its model is no Word or OpenDocument file."""
    upload = main_upload(paper.version) if paper.version else None
    if upload is None or upload.format not in FORMATS[:2]:
        raise Refused(_("Si compila solo un modello Word (DOCX) o OpenDocument (ODT)."))
    stamp = stamp_of(paper, dossier, on)
    return Order(Path(upload.file.path), upload.format, answers, stamp)


def fill_many(orders: Sequence[Order]) -> list[Made | str]:
    """The documents in the order of the orders; where one cannot be made, the sentence why.

    Several are made in one jail, two jails at a time. Where a jail breaks, its documents are made
    one by one, so that a bad model leaves the others alone.
    """
    batches = [orders[start : start + TOGETHER] for start in range(0, len(orders), TOGETHER)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        made = list(pool.map(_batch, batches))
    return [one for batch in made for one in batch]


def _batch(orders: Sequence[Order]) -> list[Made | str]:
    places = [f"{{input{number}}}" for number in range(2, len(orders) + 2)]
    program = [sys.executable, "-m", "casa.drafting", "fill-all", "{input}", *places]
    try:
        with _on_disk([order.wire for order in orders]) as data:
            files = [data, *(order.file for order in orders)]
            output = run_jailed(program, files, limits=MANY)
        with ZipFile(io.BytesIO(output)) as archive:
            return [made_of(archive, number, one.format) for number, one in enumerate(orders)]
    except (Refused, BadZipFile, KeyError):
        return [_alone(order) for order in orders]


def made_of(archive: ZipFile, number: int, kind: str) -> Made | str:
    """The document of that number, or why it is not there."""
    data = archive.read(str(number))
    return _refusal(data) if data[:1] == b"{" else Made(data, kind)


def _alone(order: Order) -> Made | str:
    try:
        return fill_order(order)
    except Refused as why:
        return str(why)


def fill(paper: Paper, answers: Mapping[str, object], *, dossier: Dossier, on: date) -> Made:
    """The document in the model's own format, as the jail makes it.

    Its properties and footers say model, version, dossier and day, so that it is known again.
    """
    return fill_order(order_of(paper, answers, dossier=dossier, on=on))


def fill_order(order: Order) -> Made:
    """One document in a jail of its own."""
    program = [sys.executable, "-m", "casa.drafting", "fill", "--stamp"]
    with _on_disk(dict(order.data)) as data:
        output = run_jailed(
            [*program, json.dumps(dict(order.stamp)), "{input}", "{input2}"],
            [order.file, data],
            limits=jail.JailLimits(),
        )
    return Made(output, order.format)


@contextmanager
def _on_disk(data: object) -> Iterator[Path]:
    settings.TEMP_DIR.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=settings.TEMP_DIR, suffix=".json") as file:
        file.write(json.dumps(data).encode())
        file.flush()
        yield Path(file.name)


def stamp_of(paper: Paper, dossier: Dossier, on: date) -> dict[str, str]:
    """What the properties and footers of a document say of it."""
    version = paper.version
    return {
        "modello": version.entry.title if version else "",
        "versione": _("versione %d") % version.number if version else "",
        "fascicolo": _("fascicolo %d") % dossier.pk,
        "data": f"{on:%d/%m/%Y}",
    }


def run_jailed(program: Sequence[str], files: Sequence[Path], *, limits: jail.JailLimits) -> bytes:
    """What a program of the drafting table prints. Refused with its sentence, or ours."""
    try:
        output = jail.run(
            program,
            input_file=files[0],
            more_files=files[1:],
            where=settings.TEMP_DIR,
            limits=limits,
        )
    except (jail.NoJail, jail.JailBroken) as failure:
        raise Refused(broken()) from failure
    if output[:1] == b"{":
        raise Refused(_refusal(output))
    return output


def _refusal(output: bytes) -> str:
    try:
        said = json.loads(output).get("message", "")
    except (ValueError, AttributeError, RecursionError):
        said = ""
    return str(said)[:1000] or broken()


def broken() -> str:
    """What is told when a jail did not hold or gave no result."""
    return _("Il documento non si è potuto produrre: riprova più tardi.")
