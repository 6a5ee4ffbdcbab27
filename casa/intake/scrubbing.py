"""Making the cleaned copy of a stored file, in the jail."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from casa import drafting
from casa.drafting import cleaning
from casa.drafting.cleaning.values import plain
from casa.foundation import jail
from casa.foundation.jail.strays import work_folder
from casa.intake.models import Upload
from casa.intake.steps.reading import HELPED, bounds

_HELPED = ("doc", "rtf", "xls", "pdf", "image")  # LibreOffice and tesseract may have to help
_ROOM_FOR_THE_REPORT = 1 << 20


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """The bytes of the copy, and what went: counts and codes, no value."""

    data: bytes
    suffix: str
    removed: list[dict[str, Any]]
    dropped: list[dict[str, Any]]
    warned: list[dict[str, str]]


def scrub(upload: Upload, decisions: Sequence[Mapping[str, str]]) -> Scrubbed:
    """The copy without what was decided to go. Raises Unreadable, NoJail or JailBroken.

    `decisions` have kind, value, action, reason. They go in by a file that lives as long as the
    run: the arguments of a process can be read by whoever is on the machine.
    """
    with work_folder(settings.TEMP_DIR) as folder:  # found and removed if the worker is killed
        said = Path(folder) / "decisions.json"
        said.write_text(json.dumps(list(decisions), ensure_ascii=False), encoding="utf-8")
        output = _run(upload, said)
    cleaned = _parted(output)
    return Scrubbed(
        data=cleaned.data,
        suffix=cleaned.suffix,
        removed=_counted(cleaned, decisions),
        dropped=[{"code": one.code, "count": one.count} for one in cleaned.dropped],
        warned=[{"code": one.code, "detail": one.detail} for one in cleaned.warnings],
    )


def _run(upload: Upload, said: Path) -> bytes:
    helped = upload.format in _HELPED
    base = HELPED if helped else jail.JailLimits()
    limits = jail.JailLimits(
        may_fork=base.may_fork,
        cpu_seconds=base.cpu_seconds,
        wall_seconds=base.wall_seconds,
        output=settings.INTAKE_MAX_BYTES + _ROOM_FOR_THE_REPORT,
    )
    program = [sys.executable, "-m", "casa.drafting", "clean", "--report", "-"]
    program += ["--limits", bounds(programs=helped), "--decisions-file", "{input2}", "{input}"]
    path = Path(upload.file.path)
    return jail.run(
        program, input_file=path, more_files=[said], limits=limits, where=settings.TEMP_DIR
    )


def _parted(output: bytes) -> cleaning.Cleaned:
    """What the program gave: a report, a line end, the copy; or a refusal on one line."""
    if b"\n" not in output:
        drafting.parse_output(output)  # raises Unreadable with the sentence
    return cleaning.parted(output)


def _counted(
    cleaned: cleaning.Cleaned, decisions: Sequence[Mapping[str, str]]
) -> list[dict[str, Any]]:
    """How many values of each kind went, from how many places; "" are words a person named."""
    kinds = {plain(one["value"]): one["kind"] for one in decisions}
    values: dict[str, int] = {}
    places: dict[str, int] = {}
    for one in cleaned.redactions:
        kind = kinds.get(plain(one.value)) or one.kind
        values[kind] = values.get(kind, 0) + 1
        places[kind] = places.get(kind, 0) + one.count
    return [{"kind": kind, "values": values[kind], "places": places[kind]} for kind in values]
