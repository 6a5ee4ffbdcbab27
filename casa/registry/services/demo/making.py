"""Making the demonstration, in one transaction, on the first day of a new house."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.registry import trail
from casa.registry.actor import Actor
from casa.registry.models import Body, Mandate, NetworkRole, Office, Person, TrailLine
from casa.registry.services.bodies import NewBody, create_bodies
from casa.registry.services.demo.cast import CAST, PROVINCES, Part
from casa.registry.services.demo.opening import make_password, set_second_factor
from casa.registry.services.login import confirm_address

CREATED, DECLINED = "registry.demo.created", "registry.demo.declined"


@transaction.atomic
def seed_demo(*, wanted: bool, actor: Actor, now: datetime, tell: Callable[[str], None]) -> bool:
    """Make the demonstration on the first run, or note that it was not wanted; never later."""
    network = Body.objects.select_for_update().get(
        kind=Body.Kind.NETWORK, is_demo=False, closed_on=None
    )
    decided = TrailLine.objects.filter(subject_key=trail.key_of(network))
    if decided.filter(act__in=(CREATED, DECLINED)).exists():
        return False
    if not wanted:
        trail.record(DECLINED, network, actor=actor, body=network, now=now)
        return False
    tell(_("Preparo gli enti e le persone della dimostrazione"))
    bodies = _bodies()
    secret = make_password()
    for part in CAST:
        _play(part, bodies, secret=secret, today=timezone.localdate(now))
    made = {"bodies": len(bodies), "persons": len(CAST)}
    trail.record(CREATED, network, actor=actor, body=network, now=now, **made)
    return True


def _bodies() -> dict[str, Body]:
    made: dict[str, Body] = {}
    for province, municipalities in PROVINCES.items():
        [above] = create_bodies([NewBody(kind=Body.Kind.PROVINCE, name=province, is_demo=True)])
        below = create_bodies(
            NewBody(kind=Body.Kind.MUNICIPALITY, name=name, province_body=above, is_demo=True)
            for name in municipalities
        )
        made |= {body.name: body for body in (above, *below)}
    return made


def _play(part: Part, bodies: dict[str, Body], *, secret: str, today: date) -> None:
    person = Person.objects.create_user(
        part.email,
        password=secret,
        given_name=part.given_name,
        family_name=part.family_name,
        is_demo=True,
    )
    confirm_address(person=person)
    if part.body:
        office = _office(bodies[part.body], part.office)
        Mandate.objects.create(
            person=person, body=office.body, office=office, role=part.role, starts_on=today
        )
    if part.network_role:
        NetworkRole.objects.create(person=person, role=part.network_role, starts_on=today)
    if part.needs_code:
        set_second_factor(person)


def _office(body: Body, name: str) -> Office:
    if not name:
        return body.offices.get(is_default=True)
    return Office.objects.get_or_create(body=body, name=name)[0]
