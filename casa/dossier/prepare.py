"""What dossiers need before the house opens: the demonstration's two tenders and a shared one."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.casework.services import Move
from casa.dossier import services
from casa.dossier.demo import TITLE, share_one
from casa.dossier.models import Dossier
from casa.dossier.services import naming
from casa.foundation.errors import Refused
from casa.foundation.jail import Jail, jail_in_force
from casa.guide.choosing import Need
from casa.guide.queries import advise
from casa.registry.actor import Actor, actor_for
from casa.registry.models import Body, Mandate, Person

Tell = Callable[[str], None]
ALONE = ("Refezione scolastica", Decimal(120000), "55523100")
HELPED = ("Pulizia degli uffici comunali e delle scuole", Decimal(180000), "90910000")
DONE = ("rup", "conflict")


def prepare(tell: Tell) -> None:
    """Safe to repeat: where the demonstration has a tender already, none is opened again.

    The shared one came later: a demonstration made before it gets it at the next start, once.
    Where the guide does not know the law of next spring, the house opens without them.
    """
    author = _somebody()
    there = Dossier.objects.filter(case__office__body__is_demo=True)
    is_new = not there.exists()
    if author is None or not (is_new or _lacks_the_shared_one(author, there)):
        return
    tell(_("Fascicoli dimostrativi"))
    now = timezone.now()
    try:
        if is_new:
            with transaction.atomic():
                _open(ALONE, author, helper=None, now=now)
                _open(HELPED, author, helper=_helper(author), now=now)
        _share(author, now=now)
    except Refused as reason:
        tell(str(reason))


def _lacks_the_shared_one(author: Actor, there: QuerySet[Dossier]) -> bool:
    """Whether the shared tender was never made, and could be: its entry is readable files."""
    made = there.filter(case__title=TITLE).exists()
    return not made and jail_in_force() is not Jail.NONE and _helper(author) is not None


def _share(author: Actor, *, now: datetime) -> None:
    """One more, closed and shared back: without a jail no file is read, and there is none."""
    province = _helper(author)
    reviewer = _holder(province, Mandate.Role.REVIEWER) if province else None
    if reviewer and jail_in_force() is not Jail.NONE:
        with transaction.atomic():
            share_one(author, reviewer, now=now)


def _holder(body: Body, role: Mandate.Role) -> Actor | None:
    """Whoever holds a role of the body today."""
    today = timezone.localdate()
    held = Mandate.objects.in_force(on=today).filter(body=body, role=role)
    person = Person.objects.filter(mandates__in=held).order_by("pk").first()
    return actor_for(person, on=today, acting_for=body.pk) if person else None


def _somebody() -> Actor | None:
    """An author of a demonstration Comune, acting for it."""
    today = timezone.localdate()
    in_force = Mandate.objects.in_force(on=today)
    mandate = (
        in_force.filter(body__is_demo=True, body__kind=Body.Kind.MUNICIPALITY)
        .filter(role=Mandate.Role.AUTHOR)
        .order_by("pk")
        .first()
    )
    if mandate is None:
        return None
    person = Person.objects.get(pk=mandate.person_id)
    return actor_for(person, on=today, acting_for=mandate.body_id)


def _helper(author: Actor) -> Body | None:
    """The Province of the Comune."""
    return Body.objects.get(pk=author.acting_for or 0).province_body


def _open(
    what: tuple[str, Decimal, str], author: Actor, *, helper: Body | None, now: datetime
) -> None:
    """Open one tender for next spring, its RUP named and its first steps done."""
    title, amount, cpv = what
    today = timezone.localdate(now)
    need = Need(kind="services", amount=amount, cpv=cpv, on=today + timedelta(days=60))
    wish = services.Wish(title=title, need=need, advice=advise(need), supporter=helper)
    made = services.open_dossier(wish, actor=author, now=now)
    rup = Person.objects.get(pk=author.person_id)
    naming.name_officers(made.pk, {"rup": rup}, actor=author, now=now)
    for step in made.case.steps.filter(code__in=DONE):
        services.move(made.pk, step.pk, Move(state="done"), actor=author, today=today, now=now)
