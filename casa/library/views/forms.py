"""What the pages with a form share: what it begins with, and that nothing typed is lost."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.library import queries
from casa.library.models import Entry
from casa.registry.http import Request
from casa.registry.queries import kept_form
from casa.registry.services.kept import forget_form

Done = TypeVar("Done")


def begun(request: Request, base: dict[str, Any]) -> dict[str, Any]:
    """What a form begins with: the base, then what was left here, then the file brought along."""
    kept = kept_form(request.actor, request.path)
    file = queries.brought(request.actor, request.GET.get("file"))
    return base | (kept.initial if kept else {}) | file


def done(request: Request, form: forms.BaseForm, act: Callable[[], Done]) -> Done | None:
    """Do what the form asks and forget it; a refusal stands on the form, with what was typed."""
    try:
        result = act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    forget_form(place=request.path, actor=request.actor)
    return result


def crumbs(entry: Entry | None, title: str) -> list[tuple[str, str]]:
    """The way from the library to this page."""
    home = [(_("Biblioteca"), reverse("library:catalogue"))]
    own = [(entry.title, entry.get_absolute_url())] if entry else []
    return [*home, *own, (title, "")]


def page(
    request: Request, title: str, *parts: forms.BaseForm, entry: Entry | None = None
) -> HttpResponse:
    """The page of one or two forms; 422 when something is to correct."""
    needs_file = [form for form in parts if "main" in form.fields]
    context = {
        "title": title,
        "forms": parts,
        "entry": entry,
        "crumbs": crumbs(entry, title),
        "kept": None if request.method == "POST" else kept_form(request.actor, request.path),
        "has_files": all(form.fields["main"].queryset for form in needs_file),  # type: ignore[attr-defined]
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "library/draft_form.html", context, status=status)
