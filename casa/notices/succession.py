"""What passes on of notices: an office's open acts with its last person, follows by oneself."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.notices.models import Duty, Follow
from casa.registry import succession
from casa.registry.actor import Actor
from casa.registry.models import Office, Way
from casa.registry.succession import Attended, Heir, Leaving, Part, Shelf, Thing


def register() -> None:
    """Offer both; called once, when the house opens."""
    succession.register_shelf(
        "notices.duties",
        Shelf(held=_duties, move=_move, ownerless=_left_alone),
        rank=50,
        label=gettext_lazy("Cose che tocca fare all'ufficio"),
        help=gettext_lazy("Nell'ufficio non resta nessuno: un altro ufficio riceve gli avvisi."),
    )
    succession.register(
        Part(
            code="notices.follows",
            rank=80,
            label=gettext_lazy("Cose che segui"),
            help=gettext_lazy("Le vedi solo tu. Restano tue, oppure le passi a una persona."),
            held=_follows,
            ways=(Way.KEPT, Way.PERSON, Way.STOPPED),
            words={Way.STOPPED: gettext_lazy("Smetti di seguirle")},
            pass_on=_pass_follows,
            private=True,
        )
    )


def _duties(office: Office) -> Sequence[Thing]:
    rows = Duty.objects.open().filter(office=office).order_by("due_on", "pk")
    return [Thing(title, url) for title, url in rows.values_list("title", "url")]


def _move(old: Office, new: Office, now: datetime) -> None:
    """What the other office owes already is not owed twice."""
    owed = set(Duty.objects.open().filter(office=new).values_list("kind", "key"))
    rows = list(Duty.objects.open().filter(office=old).select_for_update(of=["self"]))
    twice = [duty.pk for duty in rows if (duty.kind, duty.key) in owed]
    open_ones = Duty.objects.open().filter(office=old)
    open_ones.filter(pk__in=twice).update(done_at=now, outcome=_("Lo fa già l'altro ufficio."))
    open_ones.update(office=new, changed_at=now, mailed_at=None)


def _left_alone(attended: Attended) -> Sequence[Thing]:
    rows = Duty.objects.open().exclude(office__in=attended.offices).order_by("pk")
    return [Thing(title, url) for title, url in rows.values_list("title", "url")]


def _follows(leaving: Leaving) -> Sequence[Thing]:
    rows = Follow.objects.filter(person=leaving.person)
    return [Thing(title, url) for title, url in rows.values_list("title", "url")]


def _pass_follows(leaving: Leaving, heir: Heir, actor: Actor, now: datetime) -> None:
    """The heir is told with their own rights; the secret address of the feed does not go along."""
    del actor, now
    mine = Follow.objects.filter(person=leaving.person)
    if heir.way == Way.STOPPED:
        mine.delete()
    elif heir.person:
        known = Follow.objects.filter(person=heir.person).values("key")
        mine.filter(key__in=known).delete()
        mine.update(person=heir.person, feed_token="")
