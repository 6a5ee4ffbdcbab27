"""Making bodies. Nothing else makes a `Body`, so none is without a default office."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from casa.registry import trail
from casa.registry.actor import Actor
from casa.registry.models import Body, Municipality, Office, Province

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
def create_body(new: NewBody, *, actor: Actor, now: datetime) -> Body:
    """Make a body with its default office. One line in the trail."""
    taken = RESERVED | set(Body.objects.values_list("slug", flat=True))
    body = _with_slug(new, slug=free_slug(new, taken))
    _save([body], offices=[new.office])
    trail.record("registry.body.created", body, actor=actor, body=body, now=now)
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


def free_slug(new: NewBody, taken: set[str]) -> str:
    """A readable address: the name, with the sigla when it is taken, then with a number.

    A name without any letter of ours is just «ente».
    """
    base = slugify(new.name.replace("'", " ").replace("’", " "))[:100].strip("-") or "ente"
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
