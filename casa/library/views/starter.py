"""The texts of the newsroom: what there is, when it was checked, what is left to a jurist."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casa.library.queries import starter as queries
from casa.registry.http import Request


@require_safe
def starter(request: Request) -> HttpResponse:
    """Every text in force, by phase, with the kits that hold it."""
    groups = queries.starter_texts(request.actor)
    context = {
        "crumbs": [
            (_("Biblioteca"), reverse("library:catalogue")),
            (_("Modelli della Redazione"), ""),
        ],
        "groups": groups,
        "total": sum(len(group.rows) for group in groups),
        "loading": queries.starter_is_loading(),
        "kits": queries.starter_kits(request.actor),
    }
    return render(request, "library/starter.html", context)
