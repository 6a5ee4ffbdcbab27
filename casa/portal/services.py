"""What happens when a reader says whether a page was useful."""

import re
from datetime import date

from django.db import transaction
from django.db.models import F
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.portal import queries
from casa.portal.models import PageVote

SHOWN = {"slug", "number"}
LONGEST = 200
PARAMETER = re.compile(r"<(?:\w+:)?(?P<name>\w+)>")  # as in `biblioteca/<slug:slug>/`


@transaction.atomic
def count_vote(*, page: str, useful: bool, on: date) -> PageVote:
    """Add one vote for a page of ours. No line in the trail: nobody is behind a vote."""
    name = page_name(page)
    vote, _made = PageVote.objects.get_or_create(page=name, day=on)
    column = "yes" if useful else "no"
    PageVote.objects.filter(pk=vote.pk).update(**{column: F(column) + 1})
    vote.refresh_from_db()
    return vote


def page_name(page: str) -> str:
    """The name under which votes of a page are kept: its address without what may be secret.

    What is not a page that everybody may read goes by its route alone: otherwise anybody could
    make rows for addresses that they invent.
    """
    try:
        match = resolve(page)
    except Resolver404:
        raise Refused(_("Questa pagina non esiste più: il voto non è stato contato.")) from None

    shown = queries.is_public_page(namespace=match.namespace, kwargs=match.kwargs)

    def told(part: re.Match[str]) -> str:
        name = part.group("name")
        return str(match.kwargs[name]) if shown and name in SHOWN else f"<{name}>"

    return f"/{PARAMETER.sub(told, match.route)}"[:LONGEST]
