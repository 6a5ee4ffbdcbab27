"""What content rooms do with cards: file them and withdraw them, in their own transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction

from casa.registry.models import Body
from casa.search.cpv import divisions_of
from casa.search.facets import tidy
from casa.search.models import IndexCard

CARD_LOCK = 0x0CA5A_CA4D
EMPTY: Mapping[str, Any] = {
    "title": "",
    "object": "",
    "text": "",
    "clauses": [],
    "url": "",
    "body": None,
    "facets": {},
    "audience": [],
    "dated_on": None,
    "reviewed": False,
    "confirm_by": None,
    "adoptions": 0,
}


@transaction.atomic
def file_card(  # noqa: PLR0913 -- a card has as many lines
    *,
    key: str,
    kind: str,
    title: str,
    object: str,  # noqa: A002 -- what a tender calls its «oggetto»
    text: str,
    url: str,
    body: Body | None,
    facets: Mapping[str, Iterable[str]],
    audience: Iterable[str],
    dated_on: date | None,
    reviewed: bool,
    clauses: Sequence[Mapping[str, object]] = (),
    confirm_by: date | None = None,
    adoptions: int = 0,
) -> IndexCard:
    """Write or rewrite the card of one object; a card that says the same keeps its number.

    Call it last in a transaction: from here to the commit other filings wait, so that the numbers
    of changes become visible in their order. `audience` holds the words of `registry.actor`
    (`pub`, `net`, `body:ID`); nobody finds a card without any. A card past its `confirm_by` ranks
    lower, one that many bodies adopted ranks higher.
    """
    content = {
        "kind": kind,
        "title": _plain(title)[:300],
        "object": _plain(object),
        "text": _plain(text),
        "clauses": [dict(clause) for clause in clauses],
        "url": url,
        "body": body,
        "facets": _facets(facets, kind=kind, body=body, dated_on=dated_on),
        "audience": sorted(set(audience)),
        "dated_on": dated_on,
        "reviewed": reviewed,
        "confirm_by": confirm_by,
        "adoptions": adoptions,
        "removed": False,
    }
    return _write(key, content)


@transaction.atomic
def withdraw_card(*, key: str) -> None:
    """Take the object out of search: its words are forgotten, an empty card remains.

    A key that was never filed, or is already withdrawn, changes nothing.
    """
    if IndexCard.objects.filter(key=key, removed=False).exists():
        _write(key, {**EMPTY, "removed": True})


def _write(key: str, content: Mapping[str, Any]) -> IndexCard:
    _wait_for_turn()
    card = IndexCard.objects.filter(key=key).first()
    if card and all(getattr(card, name) == value for name, value in content.items()):
        return card
    card = card or IndexCard(key=key)
    for name, value in content.items():
        setattr(card, name, value)
    card.sequence = _next_number()
    card.save()
    return card


def _wait_for_turn() -> None:
    """One transaction at a time numbers changes; the turn ends with its commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CARD_LOCK])


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('search_card_sequence')")
        return int(cursor.fetchone()[0])


def _facets(
    given: Mapping[str, Iterable[str]], *, kind: str, body: Body | None, dated_on: date | None
) -> dict[str, list[str]]:
    """What every card says anyway (kind, body, year, CPV division), then what the room adds."""
    own: dict[str, Iterable[str]] = {"kind": [kind]}
    if body is not None:
        own["body"] = [str(body.pk)]
    if dated_on is not None:
        own["year"] = [str(dated_on.year)]
    own["cpv_division"] = divisions_of(given.get("cpv", ()))
    return tidy(own | dict(given))


def _plain(text: str) -> str:
    """PostgreSQL refuses the null character; offsets of clauses stay right."""
    return text.replace("\x00", " ")
