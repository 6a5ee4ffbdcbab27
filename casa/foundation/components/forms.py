"""How forms look: labels above, help before the field, errors beside it and summed at the top.

`{{ form }}` is all a page writes. A form may name its parts with a class attribute
`fieldsets = [Fieldset(_("Chi sei"), ["given_name", "family_name"])]`; fields named nowhere follow.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _

TEXT_TYPES = {
    "text",
    "email",
    "password",
    "number",
    "url",
    "tel",
    "date",
    "datetime-local",
    "time",
    "search",
    "file",
}
BOXES = ("textarea.html", "select.html")
DASHES = BLANK_CHOICE_DASH[0][1]
FORM_TEMPLATES = Path(forms.__file__).parent / "templates"


class Renderer(DjangoTemplates):
    """Django's own widgets in Bootstrap Italia's clothes, with the tags of the house at hand."""

    form_template_name = "foundation/forms/form.html"
    field_template_name = "foundation/forms/field.html"
    formset_template_name = "foundation/forms/formset.html"

    @cached_property
    def engine(self) -> Any:
        options: Any = settings.TEMPLATES[0]["OPTIONS"]
        own = Path(__file__).resolve().parents[1] / "templates"
        return self.backend(
            {
                "APP_DIRS": True,
                "DIRS": [own, FORM_TEMPLATES],
                "NAME": "casaforms",
                "OPTIONS": {"builtins": options["builtins"]},
            }
        )

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        if "widget" in context:
            _dress(context["widget"])
        return super().render(template_name, context, request)


def _dress(widget: dict[str, Any]) -> None:
    """Give one-line fields, text areas and selects their class; a mistake shows in it too."""
    for part in widget.get("subwidgets", ()):
        _dress(part)
    _name_the_blank(widget)
    if widget.get("type", "") not in TEXT_TYPES and not widget["template_name"].endswith(BOXES):
        return
    attrs = widget["attrs"]
    names = [*attrs.get("class", "").split(), "form-control"]
    if attrs.get("aria-invalid") == "true":
        names.append("is-invalid")
    attrs["class"] = " ".join(dict.fromkeys(names))


def _name_the_blank(widget: dict[str, Any]) -> None:
    """Say in words what Django shows as «---------»."""
    words = _("Scegli") if widget.get("required") else _("Non indicato")
    for _title, options, _index in widget.get("optgroups", ()):
        for option in options:
            if option["value"] == "" and option["label"] == DASHES:
                option["label"] = words


@dataclass(frozen=True, slots=True)
class Fieldset:
    """A part of a form: its title, the names of its fields, a line of help."""

    legend: str | Promise
    fields: Sequence[str]
    help: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A part of a form with its fields, as the template shows it."""

    fields: list[BoundField]
    legend: str | Promise = ""
    help: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to correct: what, in which field, and the address of the field."""

    message: str
    label: str | Promise = ""
    target: str = ""


def groups(form: forms.BaseForm) -> list[Group]:
    """The visible fields of a form in its fieldsets; those named in none follow without a title."""
    left = {field.name: field for field in form.visible_fields()}
    made = []
    for fieldset in getattr(form, "fieldsets", ()):
        named = [left.pop(name) for name in fieldset.fields if name in left]
        if named:
            made.append(Group(named, legend=fieldset.legend, help=fieldset.help))
    return [*made, Group(list(left.values()))] if left else made


def mistakes(form: forms.BaseForm) -> list[Mistake]:
    """All mistakes of a form in the order of its fields, the general ones first."""
    general = [Mistake(str(message)) for message in form.non_field_errors()]
    hidden = [Mistake(str(message)) for field in form.hidden_fields() for message in field.errors]
    return (
        general
        + hidden
        + [
            Mistake(str(message), label=field.label, target=first_control(field))
            for group in groups(form)
            for field in group.fields
            for message in field.errors
        ]
    )


def first_control(field: BoundField) -> str:
    """The id of the first thing one can type into or choose, where a link to the field leads."""
    return field.id_for_label or (f"{field.auto_id}_0" if field.auto_id else "")


class DateInput(forms.DateInput):
    """A day, chosen with the browser's own calendar or typed."""

    input_type = "date"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(attrs=dict(attrs or {}), format="%Y-%m-%d")


class FilesInput(forms.FileInput):
    """Several files at once, with the browser's own control."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files; `cleaned_data` holds a list, each checked like a single one."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = data if isinstance(data, list | tuple) else [data]
        cleaned = [super(FilesField, self).clean(file, initial) for file in files or [None]]
        return [file for file in cleaned if file]
