"""What the pages with a form share: what it begins with, and that nothing typed is lost."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from casa.drafting.text import visible
from casa.foundation.errors import Refused
from casa.library import queries
from casa.library.models import Entry
from casa.registry.http import Request
from casa.registry.models import KeptForm
from casa.registry.queries import kept_form
from casa.registry.services.kept import forget_form

Done = TypeVar("Done")
LONGEST_TEXT = 20_000
SEVERAL = ("tags", "annexes")  # a form says nothing of boxes that are all empty


def begun(
    request: Request, base: dict[str, Any], *, since: datetime | None = None
) -> dict[str, Any]:
    """What a form begins with: what this person left here, else the base; then the file brought.

    What was left before somebody changed the thing (`since`) is out of date and not taken up.
    """
    kept = kept_since(request, since)
    file = queries.brought(request.actor, request.GET.get("file"))
    return ({name: [] for name in SEVERAL} | kept.initial if kept else base) | file


def kept_since(request: Request, since: datetime | None) -> KeptForm | None:
    kept = kept_form(request.actor, request.path)
    return kept if kept and (since is None or kept.kept_at > since) else None


def done(request: Request, form: forms.BaseForm, act: Callable[[], Done]) -> Done | None:
    """Do what the form asks and forget it; a refusal stands on the form, with what was typed."""
    try:
        result = act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    forget_form(place=request.path, actor=request.actor)
    return result


def as_written(text: str) -> str:
    """What somebody typed, or pasted from Word, into a box: one kind of line end, and no sign that
    nobody sees: databases refuse some, documents others."""
    return visible("\n".join(text.splitlines()))[:LONGEST_TEXT]


def crumbs(entry: Entry | None, title: str) -> list[tuple[str, str]]:
    """The way from the library to this page."""
    home = [(_("Biblioteca"), reverse("library:catalogue"))]
    own = [(entry.title, entry.get_absolute_url())] if entry else []
    return [*home, *own, (title, "")]


def page(
    request: Request,
    title: str,
    *parts: forms.BaseForm,
    entry: Entry | None = None,
    since: datetime | None = None,
) -> HttpResponse:
    """The page of one or two forms; 422 when something is to correct."""
    needs_file = [form for form in parts if "main" in form.fields]
    context = {
        "title": title,
        "forms": parts,
        "entry": entry,
        "crumbs": crumbs(entry, title),
        "kept": None if request.method == "POST" else kept_since(request, since),
        "has_files": all(form.fields["main"].queryset for form in needs_file),  # type: ignore[attr-defined]
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "library/draft_form.html", context, status=status)
