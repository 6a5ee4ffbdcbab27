"""Produced documents in another format: LibreOffice starts once for many, in the jail."""

import io
import json
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.utils import timezone

from casa.dossier.models import Dossier, Product
from casa.dossier.services import rendering
from casa.dossier.services.rendering import AT_ONCE, FORMATS, TOGETHER, Made
from casa.foundation import jail
from casa.foundation.errors import Refused
from casa.foundation.jail.strays import work_folder

OFFICE_SECONDS = 80
FOR_ONE = jail.JailLimits(may_fork=True, cpu_seconds=120, wall_seconds=120.0)
LIMITS = jail.JailLimits(
    may_fork=True, cpu_seconds=240, wall_seconds=240.0, output=rendering.MANY.output
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as it was produced, and what its properties say."""

    made: Made
    stamp: Mapping[str, str]

    @property
    def wire(self) -> dict[str, object]:
        """As the program in the jail reads it."""
        return {"kind": self.made.format, "stamp": dict(self.stamp)}


def in_format(product: Product, to: str, *, dossier: Dossier) -> Made:
    """A produced document in that format. Refused with the sentence of the drafting table."""
    (made,) = all_in_format([product], to, dossier=dossier)
    if isinstance(made, str):
        raise Refused(made)
    return made


def all_in_format(products: Sequence[Product], to: str, *, dossier: Dossier) -> list[Made | str]:
    """The bytes that were produced in that format, in their order; where one cannot be had, why.

    They are dealt out to two jails that work side by side, so that the long ones are not all in
    one. Where a jail breaks its documents are converted one by one.
    """
    if to not in FORMATS:
        raise ValueError(to)
    kept = [_kept(one, dossier) for one in products]
    work = [number for number, one in enumerate(kept) if one.made.format != to]
    dealt = [work[lane::AT_ONCE] for lane in range(AT_ONCE)]
    batches = [lane[at : at + TOGETHER] for lane in dealt for at in range(0, len(lane), TOGETHER)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        given = ([kept[number] for number in batch] for batch in batches)
        done = list(pool.map(partial(_batch, to=to), given))
    found = {
        number: one
        for batch, made in zip(batches, done, strict=True)
        for number, one in zip(batch, made, strict=True)
    }
    return [found.get(number, one.made) for number, one in enumerate(kept)]


def _kept(product: Product, dossier: Dossier) -> Kept:
    stamp = rendering.stamp_of(product.paper, dossier, timezone.localdate(product.made_at))
    return Kept(Made(bytes(product.content), product.format), stamp)


def _batch(documents: Sequence[Kept], *, to: str) -> list[Made | str]:
    try:
        with ZipFile(io.BytesIO(_converted(documents, to))) as archive:
            return [rendering.made_of(archive, number, to) for number in range(len(documents))]
    except (Refused, BadZipFile, KeyError) as why:
        if len(documents) == 1:
            return [str(why) if isinstance(why, Refused) else rendering.broken()]
        return [one for document in documents for one in _batch([document], to=to)]


def _converted(documents: Sequence[Kept], to: str) -> bytes:
    places = [f"{{input{number}}}" for number in range(2, len(documents) + 2)]
    bounds = json.dumps({"programs": 1, "office_seconds": OFFICE_SECONDS})
    program = [sys.executable, "-m", "casa.drafting", "convert-all", "--to", to]
    with work_folder(settings.TEMP_DIR) as folder:
        orders = Path(folder, "orders.json")
        orders.write_text(json.dumps([one.wire for one in documents]))
        files = [Path(folder, f"{number}.bin") for number in range(len(documents))]
        for file, one in zip(files, documents, strict=True):
            file.write_bytes(one.made.data)
        return rendering.run_jailed(
            [*program, "--limits", bounds, "{input}", *places],
            [orders, *files],
            limits=LIMITS if len(documents) > 1 else FOR_ONE,
        )
