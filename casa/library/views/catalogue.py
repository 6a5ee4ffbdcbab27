"""The list of the library, and what a person has on the table."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from casa.foundation.components.facets import Facet, chips, facet
from casa.foundation.htmx import render_page
from casa.library import access, labels, queries
from casa.notices import queries as notices
from casa.notices.things import Thing
from casa.registry.http import Request

PER_PAGE = 20


def catalogue(request: Request) -> HttpResponse:
    """Entries on offer, filtered by the fields of their cards."""
    filters = {name: request.GET.getlist(name) for name in labels.FACETS}
    sort = request.GET.get("ordine", "recenti")
    found = queries.catalogue(request.actor, filters=filters, sort=sort)
    facets = _facets(request, found)
    subject = queries.subject_of(filters, found.names)
    context: dict[str, Any] = {
        "crumbs": [(_("Biblioteca"), "")],
        "page": Paginator(found.entries, PER_PAGE).get_page(request.GET.get("pagina")),
        "facets": facets,
        "chips": chips(facets),
        "sort": sort,
        "following": _following(request, subject, filters) if subject else None,
        "may_create": access.may_create(request.actor),
    }
    return render_page(request, "library/catalogue.html", context, partial="results")


def work(request: Request) -> HttpResponse:
    """Drafts, what came back, what waits, what to review: each with who acts next."""
    request.actor.person_id  # noqa: B018 -- an anonymous visitor is refused here
    context = {
        "crumbs": [(_("Biblioteca"), reverse("library:catalogue")), (_("Il mio lavoro"), "")],
        "work": queries.work_of(request.actor),
        "may_create": access.may_create(request.actor),
    }
    return render(request, "library/work.html", context)


def _following(request: Request, subject: Thing, filters: queries.Filters) -> notices.Following:
    """A list about one tag or pillar is the page on which it is followed."""
    feed = queries.feed_of_subject(filters)
    return notices.following(request.actor, subject, feed=feed)


def _facets(request: Request, found: queries.Catalogue) -> list[Facet]:
    names = {**labels.FIXED_VALUES, **found.names}
    return [
        facet(name, str(label), found.counts[name], names[name], request.GET)
        for name, label in labels.FACETS.items()
        if found.counts[name] or request.GET.getlist(name)
    ]
