"""What passes on of the library: texts with an office's last person, drafts with their author."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain

from django.db.models import F, Func, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.library.models import Adoption, CampaignHit, Entry, Kit, Version
from casa.registry import succession
from casa.registry.actor import Actor
from casa.registry.models import Mandate, Office, Person, Way
from casa.registry.succession import Attended, Heir, Leaving, Part, Shelf, Thing


def register() -> None:
    """Offer texts, adoptions and drafts; called once, when the house opens."""
    alone = gettext_lazy("Nell'ufficio non resta nessuno: scegli l'ufficio che se ne occupa.")
    succession.register_shelf(
        "library.texts",
        Shelf(held=_texts, move=_move_texts, ownerless=_texts_left_alone),
        rank=10,
        label=gettext_lazy("Modelli, schede e kit dell'ufficio"),
        help=alone,
    )
    succession.register_shelf(
        "library.adoptions",
        Shelf(held=_adoptions, move=_move_adoptions, ownerless=_adoptions_left_alone),
        rank=40,
        label=gettext_lazy("Modelli di altri enti in uso nell'ufficio"),
        help=alone,
    )
    succession.register(_drafts())


def _drafts() -> Part:
    return Part(
        code="library.drafts",
        rank=20,
        label=gettext_lazy("Bozze e testi in revisione"),
        help=gettext_lazy("Li riprende chiunque rediga per l'ente, o la persona che scegli."),
        held=_open_texts,
        ways=(Way.STAYS, Way.PERSON),
        roles=(Mandate.Role.AUTHOR,),
        words={Way.STAYS: gettext_lazy("Restano all'ufficio, li riprende chi redige")},
        pass_on=_pass_drafts,
    )


def _entries() -> QuerySet[Entry]:
    return Entry.objects.filter(withdrawn_at=None)


def _kits() -> QuerySet[Kit]:
    return Kit.objects.exclude(state=Kit.State.WITHDRAWN)


def _named(entries: QuerySet[Entry], kits: QuerySet[Kit]) -> Sequence[Thing]:
    texts = entries.order_by("title", "pk").values_list("title", "slug")
    bundles = kits.order_by("title", "pk").values_list("title", "slug")
    return [
        *(Thing(title, reverse("library:entry", args=[slug])) for title, slug in texts),
        *(
            Thing(_("Kit: %s") % title, reverse("library:kit", args=[slug]))
            for title, slug in bundles
        ),
    ]


def _texts(office: Office) -> Sequence[Thing]:
    return _named(_entries().filter(office=office), _kits().filter(office=office))


def _move_texts(old: Office, new: Office, now: datetime) -> None:
    """Withdrawn ones too: whoever asks about them later finds an office."""
    del now
    for rows in (Entry.objects, Kit.objects, CampaignHit.objects):
        rows.filter(office=old).update(office=new)


def _texts_left_alone(attended: Attended) -> Sequence[Thing]:
    known = attended.offices
    return _named(_entries().exclude(office__in=known), _kits().exclude(office__in=known))


def _adoptions(office: Office) -> Sequence[Thing]:
    return _adopted(Adoption.objects.in_use().filter(office=office))


def _move_adoptions(old: Office, new: Office, now: datetime) -> None:
    del now
    Adoption.objects.filter(office=old).update(office=new)


def _adoptions_left_alone(attended: Attended) -> Sequence[Thing]:
    return _adopted(Adoption.objects.in_use().exclude(office__in=attended.offices))


def _adopted(rows: QuerySet[Adoption]) -> Sequence[Thing]:
    found = rows.order_by("entry__title", "pk").values_list("entry__title", "entry__slug")
    return [Thing(title, reverse("library:entry", args=[slug])) for title, slug in found]


def _open_texts(leaving: Leaving) -> Sequence[Thing]:
    if leaving.works_on:
        return ()
    versions = _versions_of(leaving).order_by("pk").values_list("entry__title", flat=True)
    kits = _kits_of(leaving).order_by("pk").values_list("title", flat=True)
    return [Thing(title) for title in chain(versions, (_("Kit: %s") % kit for kit in kits))]


def _versions_of(leaving: Leaving) -> QuerySet[Version]:
    rows = Version.objects.exclude(state=Version.State.PUBLISHED)
    return rows.filter(author=leaving.person, entry__body=leaving.body)


def _kits_of(leaving: Leaving) -> QuerySet[Kit]:
    rows = Kit.objects.exclude(state__in=(Kit.State.PUBLISHED, Kit.State.WITHDRAWN))
    return rows.filter(author=leaving.person, body=leaving.body)


def _pass_drafts(leaving: Leaving, heir: Heir, actor: Actor, now: datetime) -> None:
    """Whoever left keeps having had a hand in it, and whoever took over has: neither reviews it."""
    del actor, now
    if heir.person:
        _give(_versions_of(leaving), heir.person)
        _give(_kits_of(leaving), heir.person)


def _give(rows: QuerySet[Version] | QuerySet[Kit], person: Person) -> None:
    hands = Func(F("editor_ids"), Value(person.pk), function="array_append")
    rows.exclude(editor_ids__contains=[person.pk]).update(editor_ids=hands)
    rows.update(author=person)
