"""Making and closing bodies. Nothing else makes a `Body`, so none is without a default office."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry import trail
from casa.registry.actor import Actor
from casa.registry.models import Body, Mandate, Municipality, Office, Province

DEFAULT_OFFICE = "Segreteria generale"
RESERVED = {"importa", "registro"}  # pages that stand beside the bodies under /rete/


@dataclass(frozen=True, slots=True)
class NewBody:
    """A body to be made; `sigla` tells it apart from one of the same name in its address."""

    kind: Body.Kind
    name: str
    sigla: str = ""
    office: str = DEFAULT_OFFICE
    province_body: Body | None = None
    province: Province | None = None
    municipality: Municipality | None = None
    ipa_code: str = ""
    is_demo: bool = False


@transaction.atomic
def create_body(new: NewBody, *, actor: Actor) -> Body:
    """Make a body with its default office. One line in the trail."""
    taken = RESERVED | set(Body.objects.values_list("slug", flat=True))
    body = _with_slug(new, slug=free_slug(new, taken))
    _save([body], offices=[new.office])
    trail.record("registry.body.created", body, actor=actor, body=body)
    return body


def create_bodies(news: Iterable[NewBody]) -> list[Body]:
    """Make many bodies at once, for a service that writes its own line in the trail."""
    news = list(news)
    taken = RESERVED | set(Body.objects.values_list("slug", flat=True))
    bodies = []
    for new in news:
        slug = free_slug(new, taken)
        taken.add(slug)
        bodies.append(_with_slug(new, slug=slug))
    _save(bodies, offices=[new.office for new in news])
    return bodies


def add_office(body: Body, name: str, *, actor: Actor) -> Office:
    """The office of that name in the body, made when it is not there yet."""
    office = body.offices.filter(name__iexact=name).first()
    if office is None:
        office = Office.objects.create(body=body, name=name)
        trail.record("registry.office.created", office, actor=actor, body=body)
    return office


@transaction.atomic
def close_body(body: Body, *, on: date, actor: Actor) -> Body:
    """A body that ceased takes no more part. Refused while somebody still works there."""
    body = Body.objects.select_for_update().get(pk=body.pk)
    if body.closed_on:
        return body
    if Mandate.objects.filter(body=body).in_force(on=on).exists():
        raise Refused(
            _("%(body)s non si può chiudere: vi lavora ancora qualcuno. Termina prima i mandati.")
            % {"body": body}
        )
    body.closed_on = on
    body.save(update_fields=["closed_on"])
    trail.record("registry.body.closed", body, actor=actor, body=body)
    return body


def free_slug(new: NewBody, taken: set[str]) -> str:
    """A readable address: the name, with the sigla when it is taken, then with a number."""
    base = slugify(new.name.replace("'", " ").replace("’", " "))[:100].strip("-")
    candidates = [base, f"{base}-{new.sigla.lower()}"] if new.sigla else [base]
    for slug in candidates:
        if slug not in taken:
            return slug
    number = 2
    while f"{candidates[-1]}-{number}" in taken:
        number += 1
    return f"{candidates[-1]}-{number}"


def _with_slug(new: NewBody, *, slug: str) -> Body:
    return Body(
        kind=new.kind,
        name=new.name,
        slug=slug,
        province_body=new.province_body,
        province=new.province,
        municipality=new.municipality,
        ipa_code=new.ipa_code,
        is_demo=new.is_demo,
    )


def _save(bodies: list[Body], *, offices: list[str]) -> None:
    Body.objects.bulk_create(bodies, batch_size=2000)
    pairs = zip(bodies, offices, strict=True)
    defaults = [Office(body=body, name=name, is_default=True) for body, name in pairs]
    Office.objects.bulk_create(defaults, batch_size=2000)
