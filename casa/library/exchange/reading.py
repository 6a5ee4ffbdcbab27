"""Reading a manifest with suspicion: who it claims to be, then, once signed, every field of it."""

import json
import re
import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.library.exchange.manifest import (
    FORMAT,
    MOST_ENTRIES,
    MOST_FILES,
    MOST_NUMBER,
    MOST_VERSIONS,
    OPEN_LICENCES,
    Described,
    Edition,
    File,
    Manifest,
    Owner,
    Source,
)
from casa.library.exchange.shapes import SLUG, Shape
from casa.library.models import choices
from casa.registry.models import Body

SHA256 = re.compile(r"[0-9a-f]{64}")
CPV = re.compile(r"\d{8}")
MOST_BYTES = 1 << 40
ADDRESS = re.compile(r"https?://[^\s\"'<>]{1,390}")
CARD: Mapping[str, tuple[str, ...]] = {
    "procedure_type": tuple(choices.ProcedureType.values),
    "contract_type": tuple(choices.ContractType.values),
    "criterion": tuple(choices.Criterion.values),
    "amount_band": tuple(choices.AmountBand.values),
    "phase": tuple(choices.Phase.values),
}


def claimed_by(content: bytes) -> tuple[uuid.UUID, str]:
    """Whose the manifest says to be; nothing else of it is believed before the signature is."""
    try:
        value = json.loads(content)
        return uuid.UUID(str(value["installation"])), str(value["public_key"])[:44]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refused(
            _("Il manifesto del pacchetto non si può leggere: fattelo mandare di nuovo.")
        ) from None


def read_manifest(content: bytes) -> Manifest:
    """The manifest whose signature was found good; every field of the right kind and bounded."""
    value = json.loads(content)
    shape = Shape(value, Manifest.__dataclass_fields__, "manifest")
    if shape.text("format", most=40) != FORMAT:
        raise Refused(
            _("Il pacchetto è in un formato che questa installazione non conosce: aggiornala.")
        )
    shape.moment("made_at")
    shape.uid("installation")
    shape.text("name", most=120)
    entries = shape.items("entries", most=MOST_ENTRIES, least=1)
    read = tuple(_entry(one, f"entries[{at}]") for at, one in enumerate(entries))
    if len({entry.key for entry in read}) < len(read):
        shape.wrong("entries")
    manifest = Manifest(**{**value, "entries": read})
    if manifest.to_bytes() != content:
        shape.wrong("JSON")
    return manifest


def _entry(value: Any, where: str) -> Described:
    shape = Shape(value, Described.__dataclass_fields__, where)
    shape.matching("key", SLUG)
    shape.matching("address", ADDRESS)
    shape.choice("kind", choices.Kind.values)
    shape.text("title", most=200)
    shape.text("object", most=1000)
    shape.matching("pillar", SLUG)
    shape.choice("licence", OPEN_LICENCES)
    for name, among in CARD.items():
        shape.choice(name, among, empty=True)
    if value["review_by"] != "":
        shape.day("review_by")
    lists = {
        "cpv_codes": tuple(shape.words("cpv_codes", most=50, longest=8)),
        "norms": tuple(shape.words("norms", most=200, longest=120)),
        "tags": tuple(shape.words("tags", most=50, longest=60)),
    }
    if not all(CPV.fullmatch(code) for code in lists["cpv_codes"]):
        shape.wrong("cpv_codes")
    parts = {
        "body": _owner(value["body"], where),
        "source": _source(value["source"], where) if value["source"] is not None else None,
        "versions": _versions(shape),
    }
    return Described(**{**value, **lists, **parts})


def _owner(value: Any, where: str) -> Owner:
    shape = Shape(value, Owner.__dataclass_fields__, f"{where}.body")
    shape.text("name", most=200)
    shape.choice("kind", Body.Kind.values)
    for name, most in (("ipa_code", 20), ("municipality", 6), ("province", 3)):
        shape.text(name, most=most, empty=True)
    return Owner(**value)


def _source(value: Any, where: str) -> Source:
    shape = Shape(value, Source.__dataclass_fields__, f"{where}.source")
    shape.uid("installation")
    shape.matching("key", SLUG)
    shape.text("title", most=200)
    shape.text("body", most=200)
    return Source(**value)


def _versions(entry: Shape) -> tuple[Edition, ...]:
    """At least one, each number higher than the one before, each taking effect after it."""
    values = entry.items("versions", most=MOST_VERSIONS, least=1)
    read = tuple(_version(one, f"{entry.where}.versions") for one in values)
    numbers, days = [one.number for one in read], [one.effective_on for one in read]
    if numbers != sorted(set(numbers)) or days != sorted(days):
        entry.wrong("versions")
    return read


def _version(value: Any, where: str) -> Edition:
    shape = Shape(value, Edition.__dataclass_fields__, where)
    shape.number("number", most=MOST_NUMBER)
    shape.number("based_on", most=MOST_NUMBER, least=0)
    shape.text("changes", most=2000)
    shape.text("why", most=2000)
    shape.day("effective_on")
    shape.moment("published_at")
    shape.flag("reviewed")
    files = shape.items("files", most=MOST_FILES, least=1)
    return Edition(**{**value, "files": tuple(_file(one, where) for one in files)})


def _file(value: Any, where: str) -> File:
    shape = Shape(value, File.__dataclass_fields__, f"{where}.files")
    shape.text("name", most=255)
    shape.number("size", most=MOST_BYTES, least=0)
    shape.matching("sha256", SHA256)
    return File(**value)
