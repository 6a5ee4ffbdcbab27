"""Making kits and ordering what is in them. Like versions, they pass through another person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.library import access, kit_cards
from casa.library.models import Entry, Kit, KitItem, Version
from casa.library.models.choices import Audience
from casa.library.services.following import take_kit_back, tell_kit
from casa.library.services.kit_duties import keep_kits
from casa.library.services.reviews import CONFIRM_AFTER
from casa.library.services.slugs import reserve_slug
from casa.registry import trail
from casa.registry.actor import Actor
from casa.registry.models import Body, Office, Pillar

MOST_ITEMS = 60
RESERVED_KITS = frozenset({"nuovo"})


@dataclass(frozen=True, slots=True, kw_only=True)
class KitCard:
    """What a kit says of itself."""

    title: str
    object: str
    pillar: Pillar
    office: Office
    audience: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KitLine:
    """One thing to put into a kit: an entry, one version of it for ever, or a key of search."""

    note: str
    entry: Entry | None = None
    version: Version | None = None
    key: str = ""
    label: str = ""


@transaction.atomic
def open_kit(*, card: KitCard, body: Body, actor: Actor, now: datetime) -> Kit:
    """Begin a kit of the body acted for, as a draft."""
    if not access.may_create(actor) or body.pk != actor.acting_for:
        raise Refused(_("Per creare un kit serve un mandato di redazione nell'ente per cui operi."))
    kit = Kit(body=body, created_at=now, author_id=actor.person_id)
    kit.slug = reserve_slug(card.title, among=Kit, reserved=RESERVED_KITS)
    kit.editor_ids = [actor.person_id]
    _fill(kit, card)
    trail.record("library.kit.created", kit, actor=actor, body=body)
    return kit


@transaction.atomic
def edit_kit(*, kit: Kit, card: KitCard, actor: Actor) -> Kit:
    """Change what an open kit says of itself."""
    kit = _editable(kit, actor)
    _fill(kit, card)
    trail.record("library.kit.edited", kit, actor=actor, body=kit.body)
    return kit


@transaction.atomic
def add_item(*, kit: Kit, line: KitLine, actor: Actor) -> KitItem:
    """Put one more thing at the end; the same thing twice is refused."""
    kit = _editable(kit, actor)
    items = list(kit.items.order_by("position"))
    if len(items) >= MOST_ITEMS:
        raise Refused(_("Un kit ha al massimo 60 elementi: dividilo in due kit."))
    if any((item.entry_id, item.key) == (_id(line.entry), line.key) for item in items):
        raise Refused(_("Questo elemento è già nel kit."))
    last = items[-1].position if items else 0
    item = KitItem.objects.create(
        kit=kit,
        position=last + 1,
        entry=line.entry,
        version=line.version,
        key=line.key,
        label=line.label[:300],
        note=line.note,
    )
    trail.record("library.kit.edited", kit, actor=actor, body=kit.body)
    return item


@transaction.atomic
def move_item(*, kit: Kit, item: int, steps: int, actor: Actor) -> None:
    """Move a thing up (-1) or down (+1); at the ends nothing happens."""
    kit = _editable(kit, actor)
    order = list(kit.items.order_by("position"))
    at = next((place for place, one in enumerate(order) if one.pk == item), None)
    if at is None or not 0 <= at + steps < len(order):
        return
    order.insert(at + steps, order.pop(at))
    _number(order)
    trail.record("library.kit.edited", kit, actor=actor, body=kit.body)


@transaction.atomic
def remove_item(*, kit: Kit, item: int, actor: Actor) -> None:
    """Take a thing out of the kit; the thing itself stays where it is."""
    kit = _editable(kit, actor)
    kit.items.filter(pk=item).delete()
    _number(list(kit.items.order_by("position")))
    trail.record("library.kit.edited", kit, actor=actor, body=kit.body)


@transaction.atomic
def discard_kit(*, kit: Kit, actor: Actor) -> None:
    """Throw an open kit away; what was in it stays where it is."""
    kit = _editable(kit, actor)
    trail.record("library.kit.discarded", kit, actor=actor, body=kit.body)
    kit.delete()


@transaction.atomic
def propose_kit(*, kit: Kit, actor: Actor, now: datetime) -> Kit:
    """Send a kit to review; what only one's own body reads is published at once."""
    kit = _editable(kit, actor)
    if not kit.items.exists():
        raise Refused(_("Il kit è vuoto: aggiungi almeno un elemento."))
    kit.state, kit.proposed_at, kit.reviewer = Kit.State.IN_REVIEW, now, None
    kit.author_id = actor.person_id
    kit.save(update_fields=["state", "proposed_at", "reviewer", "author"])
    trail.record("library.kit.proposed", kit, actor=actor, body=kit.body)
    if kit.audience == Audience.BODY:
        _publish(kit, actor=actor, now=now)
    return kit


@transaction.atomic
def publish_kit(*, kit: Kit, actor: Actor, now: datetime) -> Kit:
    """Approve a kit in review: lists and search offer it in the same act."""
    kit = _reviewable(kit, actor)
    kit.reviewer_id = actor.person_id
    _publish(kit, actor=actor, now=now)
    return kit


@transaction.atomic
def return_kit(*, kit: Kit, reason: str, actor: Actor) -> Kit:
    """Send a kit back to its author with the reason."""
    kit = _reviewable(kit, actor)
    if not reason.strip():
        raise Refused(_("Scrivi all'autore che cosa correggere: senza motivo non può farlo."))
    kit.state, kit.reason = Kit.State.RETURNED, reason
    kit.save(update_fields=["state", "reason"])
    trail.record("library.kit.returned", kit, actor=actor, body=kit.body)
    return kit


@transaction.atomic
def reopen_kit(*, kit: Kit, actor: Actor) -> Kit:
    """Take a published kit back to change it: it leaves lists and search until published again."""
    kit = locked_kit(kit)
    if not access.may_reopen_kit(actor, kit):
        raise Refused(_("Può riaprire un kit pubblicato chi redige per il suo ente."))
    kit.state, kit.number = Kit.State.DRAFT, kit.number + 1
    kit.save(update_fields=["state", "number"])
    kit_cards.withdraw_kit(kit)
    take_kit_back(kit)
    keep_kits(now=timezone.now())
    trail.record("library.kit.reopened", kit, actor=actor, body=kit.body)
    return kit


@transaction.atomic
def withdraw_kit(*, kit: Kit, reason: str, actor: Actor) -> Kit:
    """Out of lists and search; the address stays, with the reason."""
    kit = locked_kit(kit)
    if not access.may_withdraw_kit(actor, kit):
        raise Refused(_("Può ritirare il kit chi rivede o amministra per il suo ente."))
    if kit.state == Kit.State.WITHDRAWN:
        return kit
    if not kit.is_published:
        raise Refused(_("Il kit non è pubblicato: non serve ritirarlo."))
    if not reason.strip():
        raise Refused(_("Scrivi perché lo ritiri: lo legge chi arriva dal vecchio indirizzo."))
    kit.state, kit.reason = Kit.State.WITHDRAWN, reason
    kit.save(update_fields=["state", "reason"])
    kit_cards.withdraw_kit(kit)
    take_kit_back(kit)
    keep_kits(now=timezone.now())
    trail.record("library.kit.withdrawn", kit, actor=actor, body=kit.body, reason=reason)
    return kit


def locked_kit(kit: Kit) -> Kit:
    """The kit with its body, the row locked until the end of the transaction."""
    rows = Kit.objects.select_for_update(of=("self",))
    return rows.select_related("body", "pillar").get(pk=kit.pk)


def _publish(kit: Kit, *, actor: Actor, now: datetime) -> None:
    kit.state, kit.published_at, kit.reason = Kit.State.PUBLISHED, now, ""
    kit.review_by = timezone.localdate(now + CONFIRM_AFTER)
    kit.save(update_fields=["state", "published_at", "reason", "review_by", "reviewer"])
    keep_kits(now=now)
    kit_cards.file_kit(kit)
    tell_kit(kit, now=now)
    trail.record("library.kit.published", kit, actor=actor, body=kit.body, number=kit.number)


def _editable(kit: Kit, actor: Actor) -> Kit:
    if not access.may_edit_kit(actor, kit := locked_kit(kit)):
        raise Refused(_("Questo kit non si può modificare: riaprilo, o chiedi a chi lo redige."))
    if actor.person_id not in kit.editor_ids:
        kit.editor_ids.append(actor.person_id)
        kit.save(update_fields=["editor_ids"])
    return kit


def _reviewable(kit: Kit, actor: Actor) -> Kit:
    kit = locked_kit(kit)
    if kit.state != Kit.State.IN_REVIEW:
        raise Refused(_("Il kit non è in revisione: forse un collega ha già deciso."))
    if not access.may_review_kit(actor, kit):
        raise Refused(
            _(
                "Può rivedere un'altra persona, con un mandato di revisione nell'ente, nella sua "
                "Provincia o nella rete."
            )
        )
    return kit


def _fill(kit: Kit, card: KitCard) -> None:
    if card.office.body_id != kit.body_id:
        raise Refused(_("L'ufficio scelto appartiene a un altro ente."))
    for name in ("title", "object", "pillar", "office", "audience"):
        setattr(kit, name, getattr(card, name))
    kit.save()


def _number(order: Sequence[KitItem]) -> None:
    for position, item in enumerate(order, start=1):
        item.position = position
    KitItem.objects.bulk_update(order, ["position"])


def _id(entry: Entry | None) -> int | None:
    return entry.pk if entry else None
