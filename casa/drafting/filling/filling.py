"""Filling: a model and data in, a document out. The model's bytes never change."""

from collections.abc import Mapping
from pathlib import Path

from casa.drafting.errors import Unreadable
from casa.drafting.filling.field import BadData, Choice, Condition
from casa.drafting.filling.making import converted
from casa.drafting.filling.marking import mark
from casa.drafting.filling.model import Model, read_model, sound
from casa.drafting.filling.rendering import Rendering
from casa.drafting.filling.stamping import stamped, stamped_pdf
from casa.drafting.filling.tidying import drop_unused_notes, speak_italian, tidy
from casa.drafting.kinds import Kind
from casa.drafting.limits import DEFAULT, Limits

TARGETS = ("docx", "odt", "pdf")


def fill(
    path: Path,
    data: Mapping[str, object],
    *,
    to: str = "",
    stamp: Mapping[str, str] | None = None,
    limits: Limits = DEFAULT,
) -> bytes:
    """The document that the DOCX or ODT model at `path` becomes with `data`.

    `to` is docx, odt or pdf (PDF/A-2b); "" keeps the model's own format, and any other needs
    LibreOffice, hence `limits.programs` and a jail. Values are what JSON holds, and Decimal and
    date. `stamp` is written into properties and footers. Raises BadModel and BadData, both naming
    paragraphs, and Unreadable.
    """
    document, kind, _choices = filled(path, data, limits=limits)
    document = stamped(document, stamp, kind=kind) if stamp else document
    if to in ("", kind):
        return document
    if to not in TARGETS:
        raise Unreadable("not_supported", "Un documento si compila in DOCX, ODT o PDF.")
    made = converted(document, kind=kind, to=to, limits=limits)
    return stamped_pdf(made, stamp) if stamp and to == "pdf" else made


def filled(
    path: Path, data: Mapping[str, object], *, limits: Limits = DEFAULT
) -> tuple[bytes, str, tuple[Choice, ...]]:
    """The document in the model's own format, that format, and what became of each condition."""
    model = sound(read_model(path, limits=limits))
    mark(model)
    rendering = Rendering(sound(model), limits)
    _render(model, rendering, data)
    if rendering.problems:
        raise BadData(rendering.problems.values())
    kind = "docx" if model.package.kind == Kind.DOCX else "odt"
    return model.package.saved(), kind, _choices(model, rendering.met)


def _render(model: Model, rendering: Rendering, data: Mapping[str, object]) -> None:
    for part in model.package.parts:
        if part.kind == "note":
            drop_unused_notes(part, model.package.parts)
        rendering.dialect = part.dialect
        rendering.fill(part.root, data)
    tidy(rendering.changed)
    speak_italian(model.package.parts)


def _choices(model: Model, met: Mapping[int, bool]) -> tuple[Choice, ...]:
    """Each condition in reading order; one inside a part that went was not looked at."""
    reasons = reasons_of(model)
    return tuple(
        Choice(
            Condition(spot.tag.meant, reasons.get(spot.number, ""), spot.place),
            kept=met[spot.number],
        )
        for spot in model.spots
        if spot.number in met and spot.tag.kind != "else"
    )


def reasons_of(model: Model) -> dict[int, str]:
    """The reason that a comment gives right before or right after a condition opens."""
    reasons: dict[int, str] = {}
    pairs = zip(model.spots, model.spots[1:], strict=False)
    for first, second in pairs:
        if second.tag.reason and first.tag.kind in ("if", "elif"):
            reasons[first.number] = second.tag.reason
        elif first.tag.reason and second.tag.kind in ("if", "elif"):
            reasons.setdefault(second.number, first.tag.reason)
    return reasons
