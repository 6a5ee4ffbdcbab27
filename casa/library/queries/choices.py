"""What the library's forms offer to choose from, and what they start with."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone

from casa.intake.models import Finding, Upload
from casa.library.models import Entry, Version
from casa.library.models.choices import Audience
from casa.registry.actor import Actor
from casa.registry.models import Body, Office
from casa.registry.queries import audience_sentence


def card_choices(body: Body) -> dict[str, Any]:
    """The offices a card may belong to, the default one first."""
    offices = Office.objects.filter(body=body, closed_on=None)
    return {"offices": offices.order_by("-is_default", "name")}


def version_choices(body: Body, *, version: Version | None = None) -> dict[str, Any]:
    """Free cleared files of the body (and the version's own), and the audiences in words."""
    return {"uploads": _free_uploads(body, version), "audiences": _audiences(body)}


def kit_choices(body: Body) -> dict[str, Any]:
    """What the form of a kit offers: offices, and the audiences in words."""
    return {**card_choices(body), "audiences": _audiences(body)}


def first_proposal() -> dict[str, Any]:
    """A first version begins today and is for everybody."""
    return {"effective_on": timezone.localdate(), "audience": Audience.PUBLIC}


def next_proposal(entry: Entry) -> dict[str, Any]:
    """The next version keeps the entry's audience."""
    return first_proposal() | {"audience": entry.audience}


def brought(actor: Actor, token: str | None) -> dict[str, Any]:
    """The file that the address brings along from the intake, when the actor may see it."""
    upload = _upload(actor, token)
    return {"main": upload} if upload else {}


def open_proposal(version: Version) -> dict[str, Any]:
    """The files of an open version, the main one apart."""
    files = list(version.files.select_related("upload").order_by("position"))
    return {
        "main": next((file.upload for file in files if file.is_main), None),
        "annexes": [file.upload for file in files if not file.is_main],
    }


def renewable(actor: Actor) -> QuerySet[Entry]:
    """The entries of the body acted for that can take a new version now. One query."""
    opened = Version.objects.exclude(state=Version.State.PUBLISHED).values("entry_id")
    entries = Entry.objects.visible_to(actor).offered().filter(body_id=actor.acting_for or 0)
    return (
        entries.exclude(pk__in=opened)
        .select_related("current")
        .defer("current__text")
        .order_by("title", "pk")
    )


def _audiences(body: Body) -> list[tuple[str, str]]:
    """Who may read, each with the number of people it is."""
    return [(code, f"{label}: {audience_sentence(code, body)}") for code, label in Audience.choices]


def _free_uploads(body: Body, version: Version | None) -> QuerySet[Upload]:
    free = Q(version_file=None)
    if version is not None:
        free |= Q(version_file__version=version)
    blocked = Finding.objects.filter(severity=Finding.Severity.BLOCKING).values("upload_id")
    rows = Upload.objects.cleared().filter(free, body=body).exclude(pk__in=blocked)
    return rows.newest_first()


def _upload(actor: Actor, token: str | None) -> Upload | None:
    """The file the address names, when the actor may see it."""
    if not token:
        return None
    try:
        return Upload.objects.visible_to(actor).filter(token=token).first()
    except ValidationError:
        return None
