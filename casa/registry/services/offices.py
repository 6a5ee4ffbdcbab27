"""The offices of a body, kept by its administrators."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casa.foundation.errors import Refused
from casa.registry import access, trail
from casa.registry.actor import Actor
from casa.registry.models import Body, Mandate, Office
from casa.registry.services.tenure import lock_body


@transaction.atomic
def open_office(*, body: Body, name: str, email: str = "", actor: Actor, now: datetime) -> Office:
    """Give a body another office."""
    body = lock_body(body.pk)
    _demand_manager(actor, body)
    _demand_free_name(body, name)
    office = Office.objects.create(body=body, name=name, email=email)
    trail.record("registry.office.created", office, actor=actor, now=now, body=body)
    return office


@transaction.atomic
def rename_office(*, office: Office, name: str, email: str, actor: Actor, now: datetime) -> Office:
    """Change the name and the mailbox of an office; what it owns stays with it."""
    body = lock_body(office.body_id)
    _demand_manager(actor, body)
    _demand_free_name(body, name, besides=office)
    office = body.offices.select_for_update().get(pk=office.pk)
    if (office.name, office.email) == (name, email):
        return office
    before = {"name": office.name, "email": office.email}
    office.name, office.email = name, email
    office.save(update_fields=["name", "email"])
    trail.record("registry.office.renamed", office, actor=actor, now=now, body=body, before=before)
    return office


@transaction.atomic
def close_office(*, office: Office, actor: Actor, now: datetime) -> Office:
    """An office takes nothing new. Refused for the default one and while somebody works there."""
    body = lock_body(office.body_id)
    _demand_manager(actor, body)
    office = body.offices.select_for_update().get(pk=office.pk)
    if office.closed_on:
        return office
    if office.is_default:
        raise Refused(
            _("L'ufficio predefinito non si chiude: riceve ciò che non ha altro ufficio.")
        )
    _demand_empty(office, now=now)
    office.closed_on = timezone.localdate(now)
    office.save(update_fields=["closed_on"])
    trail.record("registry.office.closed", office, actor=actor, now=now, body=body)
    return office


def _demand_manager(actor: Actor, body: Body) -> None:
    if not access.may_manage_people(actor, body):
        raise Refused(_("Solo chi amministra l'ente può cambiarne gli uffici."))


def _demand_free_name(body: Body, name: str, *, besides: Office | None = None) -> None:
    same = body.offices.filter(name__iexact=name)
    if besides is not None:
        same = same.exclude(pk=besides.pk)
    if same.exists():
        raise Refused(
            _("C'è già un ufficio «%(name)s» in questo ente. Scegli un altro nome.")
            % {"name": name}
        )


def _demand_empty(office: Office, *, now: datetime) -> None:
    mandates = Mandate.objects.filter(office=office)
    held = mandates.exclude(ends_on__lt=timezone.localdate(now)).count()
    if held:
        raise Refused(
            ngettext(
                "In questo ufficio c'è ancora %(count)s mandato: spostalo in un altro ufficio, "
                "poi chiudi.",
                "In questo ufficio ci sono ancora %(count)s mandati: spostali in un altro ufficio, "
                "poi chiudi.",
                held,
            )
            % {"count": held}
        )
