"""Taking things back: a withdrawn entry keeps its address and says why."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.intake import services as intake
from casa.library import access, cards, kit_cards
from casa.library.models import (
    Adoption,
    Basis,
    Derivation,
    Endorsement,
    Entry,
    Experience,
    ImportRun,
    Kit,
    KitItem,
    Suggestion,
    VersionFile,
)
from casa.library.models.choices import Audience
from casa.library.services.bases import SOURCE_KINDS
from casa.library.services.following import tell_withdrawn
from casa.library.signals import entry_withdrawn
from casa.notices import services as notices
from casa.registry import trail
from casa.registry.actor import SYSTEM, Actor
from casa.registry.trail import key_of

#: how many may read, from few to all
WIDTH = {Audience.BODY: 0, Audience.NETWORK: 1, Audience.PUBLIC: 2}


@transaction.atomic
def withdraw_entry(
    *, entry: Entry, reason: str, successor: Entry | None, actor: Actor, now: datetime
) -> Entry:
    """Withdraw a published entry: out of lists and search, still readable, with the reason."""
    rows = Entry.objects.select_for_update(of=("self",)).select_related("body")
    entry = rows.get(pk=entry.pk)
    if not access.may_withdraw(actor, entry):
        raise Refused(_("Può ritirare la scheda chi rivede o amministra per il suo ente."))
    if entry.current_id is None:
        raise Refused(_("La scheda non è pubblicata: elimina la bozza, non serve ritirarla."))
    if entry.is_withdrawn:
        return entry
    _refuse_unfit_successor(entry, successor)
    entry.withdrawn_at = now
    entry.withdrawal_reason = reason
    entry.successor = successor
    entry.save(update_fields=["withdrawn_at", "withdrawal_reason", "successor"])
    cards.withdraw_entry(entry)
    kit_cards.file_kits_of(entry)
    tell_withdrawn(entry, now=now)
    trail.record("library.entry.withdrawn", entry, actor=actor, body=entry.body, reason=reason)
    transaction.on_commit(lambda: entry_withdrawn.send_robust(Entry, entry=entry))
    return entry


@transaction.atomic
def remove_demo(*, body_ids: Collection[int]) -> int:
    """Delete what demonstration bodies made, with its files. Gives back how many entries went."""
    notices.forget_things(keys=_keys_that_go(body_ids))
    _remove_kits(body_ids)
    for said in (Adoption, Experience, Endorsement):
        said._default_manager.filter(body_id__in=body_ids, body__is_demo=True).delete()
    ImportRun.objects.filter(body_id__in=body_ids, body__is_demo=True).delete()
    entries = Entry.objects.filter(body_id__in=body_ids, body__is_demo=True)
    _untie(entries, now=timezone.now())
    removed = 0
    for entry in entries:
        _delete(entry)
        removed += 1
    intake.remove_demo(body_ids=body_ids)
    return removed


def _refuse_unfit_successor(entry: Entry, successor: Entry | None) -> None:
    if successor is None:
        return
    if successor == entry or successor.is_withdrawn or successor.current_id is None:
        raise Refused(_("La scheda che subentra dev'essere un'altra, pubblicata e non ritirata."))
    if WIDTH[Audience(successor.audience)] < WIDTH[Audience(entry.audience)]:
        raise Refused(_("La scheda che subentra dev'essere leggibile almeno da chi legge questa."))


def _remove_kits(body_ids: Collection[int]) -> None:
    """The kits of demonstration bodies, and what other kits took from their entries."""
    for kit in Kit.objects.filter(body_id__in=body_ids, body__is_demo=True):
        kit_cards.withdraw_kit(kit)
        kit.delete()
    taken = KitItem.objects.filter(entry__body_id__in=body_ids, entry__body__is_demo=True)
    taken.delete()


def _keys_that_go(body_ids: Collection[int]) -> list[str]:
    """The entries of demonstration bodies, and what was told of how it went, by them or of them."""
    ours = Q(body_id__in=body_ids, body__is_demo=True)
    entries = Entry.objects.filter(ours)
    told = Experience.objects.filter(ours | Q(entry__in=entries))
    asked = Suggestion.objects.filter(Q(source__in=entries) | Q(copy__in=entries))
    return [key_of(one) for one in (*entries, *told, *asked)]


def _untie(entries: QuerySet[Entry], *, now: datetime) -> None:
    """Copies of what goes stand on their own from now on; the family of what goes is forgotten."""
    gone = Derivation.objects.filter(
        Q(entry__in=entries) | Q(source__in=entries) | Q(root__in=entries)
    )
    copies = [key_of(tie.entry) for tie in gone.select_related("entry")]
    outcome = _("La fonte era della dimostrazione, che è stata tolta.")
    notices.settle_all(kinds=SOURCE_KINDS, keys=copies, outcome=outcome, now=now)
    Basis.objects.filter(version__entry__derivation__in=gone).delete()
    gone.delete()


def _delete(entry: Entry) -> None:
    cards.withdraw_entry(entry)
    trail.record("library.entry.removed", entry, actor=SYSTEM, body=entry.body)
    Entry.objects.filter(successor=entry).update(successor=None)
    Entry.objects.filter(pk=entry.pk).update(current=None)
    VersionFile.objects.filter(version__entry=entry).delete()
    entry.versions.all().delete()
    entry.delete()
