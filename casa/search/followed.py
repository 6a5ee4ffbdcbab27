"""Saved searches on the one page of all that a person follows."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from casa.notices.elsewhere import Kept
from casa.registry.actor import Actor
from casa.search import queries
from casa.search.models import SavedSearch


def kept_by(actor: Actor) -> Sequence[Kept]:
    """The searches of the actor. One query."""
    return [_kept(search) for search in queries.saved_by(actor)]


def _kept(search: SavedSearch) -> Kept:
    silent = search.frequency == SavedSearch.Frequency.NEVER
    return Kept(
        kind=_("Ricerca"),
        title=search.name,
        url=f"{reverse('search:results')}?{search.query}&ordine=recenti",
        cadence="here" if silent else search.frequency,
        pace_url=reverse("search:pace", args=[search.pk]),
        stop_url=reverse("search:stop", args=[search.pk]),
        home_url=reverse("search:saved"),
    )
