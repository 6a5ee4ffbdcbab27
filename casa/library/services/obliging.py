"""Saying which clauses are compulsory, and why a copy departs from one."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.library import access
from casa.library.models import Clause, Departure, Entry, Obligation, Version
from casa.library.queries.obligations import Departing, departing
from casa.registry import trail
from casa.registry.actor import Actor

MOST_REASON = 1_000


@transaction.atomic
def mark_clauses(
    *,
    entry: Entry,
    keys: Collection[str],
    kind: str,
    reason: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Say of these clauses that they are compulsory, or (`kind` "") free again; how many."""
    entry = Entry.objects.select_for_update(of=("self",)).select_related("body").get(pk=entry.pk)
    if not access.may_oblige(actor, entry):
        raise Refused(
            _("Che cosa è obbligatorio lo dice chi redige o rivede per l'ente del testo.")
        )
    known = _known(entry, keys)
    if not known:
        raise Refused(_("Scegli almeno una clausola."))
    if kind and not reason.strip():
        raise Refused(_("Scrivi la norma o il motivo: chi adatta il testo deve poterlo leggere."))
    for key in known:
        _mark(entry, key, kind=kind, reason=reason.strip(), now=now)
    trail.record(
        "library.clauses.marked",
        entry,
        actor=actor,
        body=entry.body,
        now=now,
        clauses=known,
        kind=kind,
        reason=reason.strip(),
    )
    return len(known)


@transaction.atomic
def explain(
    *, version: Version, reasons: Mapping[str, str], actor: Actor, now: datetime
) -> list[Departing]:
    """Say why compulsory clauses read otherwise here, by key; gives what is still unsaid."""
    if not access.may_edit(actor, version):
        raise Refused(_("Questa versione non si può più modificare: apri una nuova versione."))
    return note_departures(version, reasons=reasons, now=now)


def refuse_unexplained(version: Version, *, now: datetime) -> None:
    """Nothing leaves the draft while a compulsory clause is changed without a reason."""
    left = note_departures(version, reasons={}, now=now)
    if left:
        titles = ", ".join(f"«{one.title}»" for one in left[:3])
        raise Refused(
            _("Per la fonte è obbligatorio: %s. Scrivi perché qui è diverso, poi invia.") % titles
        )


def note_departures(
    version: Version, *, reasons: Mapping[str, str], now: datetime
) -> list[Departing]:
    """Write down where a version departs, with the reason given now or for the same words before.

    What it no longer departs from is forgotten. Gives those that have no reason.
    """
    found = departing(version)
    Departure.objects.filter(version=version).exclude(key__in=[one.key for one in found]).delete()
    left = []
    for one in found:
        given = " ".join(reasons.get(one.key, "").split())[:MOST_REASON]
        reason = given or (one.reason if one.is_explained else "")
        if reason:
            _note(version, one, reason=reason, now=now)
        else:
            left.append(one)
    return left


def _note(version: Version, one: Departing, *, reason: str, now: datetime) -> None:
    said = {
        "entry": version.entry,
        "title": one.title[:400],
        "is_dropped": one.is_dropped,
        "digest": one.digest,
        "reason": reason,
        "given_at": now,
    }
    Departure.objects.update_or_create(version=version, key=one.key, defaults=said)


def _known(entry: Entry, keys: Collection[str]) -> list[str]:
    """Those of the keys that the current text has, in its order; a mark of a clause that has gone
    may be taken away too."""
    rows = Clause.objects.filter(version=entry.current_id, key__in=keys).order_by("position")
    known = list(rows.values_list("key", flat=True))
    marked = entry.obligations.filter(key__in=keys).values_list("key", flat=True)
    return [*known, *(key for key in marked if key not in known)]


def _mark(entry: Entry, key: str, *, kind: str, reason: str, now: datetime) -> None:
    if not kind:
        Obligation.objects.filter(entry=entry, key=key).delete()
        return
    said = {"kind": Obligation.Kind(kind), "reason": reason[:300], "marked_at": now}
    Obligation.objects.update_or_create(entry=entry, key=key, defaults=said)
