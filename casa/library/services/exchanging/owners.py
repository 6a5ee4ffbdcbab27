"""Who owns here what came from elsewhere: the body itself where we know it, else a body for all."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from casa.library.exchange.manifest import Described, Owner
from casa.library.models import Arrival, Installation
from casa.registry.actor import Actor
from casa.registry.models import Body
from casa.registry.services.bodies import NewBody, create_body

OFFICE = "Origine esterna"


def owner_of(
    described: Described, installation: Installation, *, actor: Actor, now: datetime
) -> Body:
    """The owner an entry already has; the same body by its codes; else the external one."""
    known = Arrival.objects.filter(installation=installation, key=described.key)
    if arrival := known.select_related("entry__body").first():
        return arrival.entry.body
    return _same(described.body) or _external(installation, actor=actor, now=now)


def _same(owner: Owner) -> Body | None:
    """By the IPA code, else as the Comune or Province of a place; never by the name alone."""
    rows = Body.objects.in_use().filter(is_demo=False, kind=owner.kind)
    if owner.ipa_code and (found := rows.filter(ipa_code__iexact=owner.ipa_code).first()):
        return found
    if owner.kind == Body.Kind.MUNICIPALITY and owner.municipality:
        return rows.filter(municipality__istat_code=owner.municipality).first()
    if owner.kind == Body.Kind.PROVINCE and owner.province:
        return rows.filter(province__istat_code=owner.province).first()
    return None


@transaction.atomic
def _external(installation: Installation, *, actor: Actor, now: datetime) -> Body:
    row = Installation.objects.select_for_update(of=("self",)).get(pk=installation.pk)
    if row.body is not None:
        return row.body
    name = _("%(name)s – origine esterna") % {"name": row.name}
    new = NewBody(kind=Body.Kind.OTHER, name=name[:200], office=OFFICE)
    row.body = create_body(new, actor=actor, now=now)
    row.save(update_fields=["body"])
    return row.body
