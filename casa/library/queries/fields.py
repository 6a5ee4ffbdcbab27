"""The fields of a model as its page lists them, in words for whoever will fill it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from casa.drafting import filling, manuscript
from casa.drafting.filling import wire
from casa.drafting.manuscript import asking
from casa.intake.models import Upload
from casa.library.models import FieldReading, Version
from casa.library.queries.starter import starter_issue
from casa.registry.actor import Actor

PLACES_SHOWN = 3
_NAMES = re.compile(
    r"(?:seguito|brevità|d['’]ora in poi|denominat\w{1,2}|definit\w{1,2})[\s:,]{0,3}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ModelField:
    """A field in words: the question, what to write, where it stands, when it is needed."""

    name: str
    question: str
    kind: str
    places: Sequence[str]
    more_places: int
    condition: str
    reasons: Sequence[str]
    required: bool


@dataclass(frozen=True, slots=True)
class ModelFields:
    """What a version's main file asks for.

    `origin` is the version with the document it was made from, `original` that file where no
    version has it any more.
    """

    fields: Sequence[ModelField]
    reason: str
    blanks: int
    origin: Version | None
    original: Upload | None


def model_fields(version: Version, actor: Actor) -> ModelFields | None:
    """The fields of a version; None while nobody looked. Three queries."""
    reading = FieldReading.objects.filter(version=version).first()
    if reading is None:
        return None
    own = _own(version)
    origin = _origin(version, actor) if reading.fields else None
    reasons = _reasons(wire.conditions_from(reading.conditions))
    return ModelFields(
        fields=[_told(field, reasons, own) for field in wire.fields_from(reading.fields)],
        reason=reading.reason,
        blanks=len(_waiting(reading)),
        origin=origin,
        original=_original(version, actor) if reading.fields and not origin else None,
    )


def _origin(version: Version, actor: Actor) -> Version | None:
    """The version that has the document this model was made of, when the actor may read it."""
    made = Version.objects.visible_to(actor).filter(
        files__upload__models_made__upload__version_file__version=version,
        files__upload__models_made__upload__version_file__position=1,
    )
    return made.select_related("entry").defer("text").first()


def _original(version: Version, actor: Actor) -> Upload | None:
    """That document among the files of the body, for its members."""
    return (
        Upload.objects.visible_to(actor)
        .filter(
            models_made__upload__version_file__version=version,
            models_made__upload__version_file__position=1,
        )
        .first()
    )


def blanks_of(version: Version) -> Sequence[filling.Blank]:
    """The blanks of a version's main file, in the order of the text. One query."""
    reading = FieldReading.objects.filter(version=version).first()
    return _waiting(reading) if reading else ()


def _waiting(reading: FieldReading) -> Sequence[filling.Blank]:
    """The blanks without words in quotation marks, which are signs of a blank elsewhere.

    A file that has fields of its own marks nothing that way; and «di seguito: «Codice»» names a
    thing in any file.
    """
    found = wire.blanks_from(reading.blanks)
    return [one for one in found if not _is_quoted(one, has_fields=bool(reading.fields))]


def _is_quoted(blank: filling.Blank, *, has_fields: bool) -> bool:
    in_quotes = blank.kind == "angles" and blank.text.startswith("«")
    return in_quotes and (has_fields or _NAMES.search(blank.before) is not None)


def main_upload(version: Version) -> Upload | None:
    """The file with the main text of a version."""
    return Upload.objects.filter(version_file__version=version, version_file__position=1).first()


def _told(field: filling.Field, reasons: Mapping[str, str], own: Mapping[str, str]) -> ModelField:
    places = list(dict.fromkeys(place.words for place in field.places))
    return ModelField(
        name=field.name,
        question=question(field.name, own),
        kind=_kind(field),
        places=places[:PLACES_SHOWN],
        more_places=len(places[PLACES_SHOWN:]),
        condition=field.condition,
        reasons=[why for text, why in reasons.items() if _says(field.condition, text)],
        required=field.required,
    )


def _kind(field: filling.Field) -> str:
    """What is to be written: «elenco: operatore, importo», «testo: una di digitale, pubblica»."""
    kind = filling.LABELS[field.type]
    if field.columns:
        names = ", ".join(column.name.replace("_", " ") for column in field.columns)
        return f"{kind}: {names}"
    if field.options:
        return _("%(kind)s: per esempio %(values)s") % {
            "kind": kind,
            "values": ", ".join(field.options),
        }
    return kind


def _says(condition: str, text: str) -> bool:
    """Whether a condition stands in another one whole: `a < 5` does not in `a < 50`."""
    return bool(re.search(rf"(?<![\w.]){re.escape(text)}(?![\w.])", condition))


def _reasons(conditions: Iterable[filling.Condition]) -> Mapping[str, str]:
    return {one.text: one.reason for one in conditions if one.text and one.reason}


def question(name: str, own: Mapping[str, str]) -> str:
    """How a page asks for a field: as the model does, or our other models; else by its name."""
    words = name.replace("_", " ")
    asked = own.get(name) or _questions().get(name)
    return asked or f"{words[:1].upper()}{words[1:]}"


@cache
def _questions() -> Mapping[str, str]:
    """The questions that all our models share; then those of one model, the first one met."""
    path = _shelves() / "fields.toml"
    shared = asking.shared_fields(path) if path.is_file() else {}
    found = {name: asked.label for name, asked in shared.items()}
    for path in sorted(_shelves().glob("*/*.md")):
        found = {**_own_questions(path), **found}
    return found


def _own(version: Version) -> Mapping[str, str]:
    """The questions of the text of ours that the version is."""
    issue = starter_issue(version)
    paths = _shelves().glob(f"*/{issue.slug}.md") if issue else ()
    return next((_own_questions(path) for path in paths), {})


@cache
def _own_questions(path: Path) -> Mapping[str, str]:
    try:
        text = manuscript.read(path.read_text("utf-8"))
    except ValueError:  # the page is there whatever became of one of our files
        return {}
    return {name: asked.label for name, asked in asking.own_fields(text).items()}


def _shelves() -> Path:
    return Path(settings.ROOT) / "data" / "starter"
