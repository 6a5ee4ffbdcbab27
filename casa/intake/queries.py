"""Reads across the tables of the room."""

from collections.abc import Collection

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from casa import drafting
from casa.intake.models import UPLOADERS, CleanedCopy, Finding, Reading, Upload
from casa.intake.models.uploads import UploadQuerySet
from casa.registry.actor import Actor
from casa.registry.models import Office

GRAVEST_FIRST = (Finding.Severity.BLOCKING, Finding.Severity.WARNING, Finding.Severity.NOTE)


def waiting_count() -> int:
    """How many files are in quarantine, in the whole house."""
    return Upload.objects.waiting().count()


def uploads_of(actor: Actor, *, states: list[str] | None = None) -> QuerySet[Upload]:
    """The files of the body acted for, newest first, with what a list says of each."""
    rows = _of_body(actor)
    if states:
        rows = rows.filter(state__in=states)
    return rows.with_outcome().select_related("person", "office").newest_first()


def counts_by_state(actor: Actor) -> dict[str, int]:
    """How many files of the body acted for are in each state."""
    return dict(_of_body(actor).order_by().values_list("state").annotate(count=Count("pk")))


def offices_of(actor: Actor) -> QuerySet[Office]:
    """The offices in whose name the actor may bring files in for the body acted for."""
    held = {
        held.office_id
        for held in actor.mandates
        if held.body_id == actor.acting_for and held.role in UPLOADERS
    }
    return Office.objects.filter(pk__in=held, closed_on=None).order_by("-is_default", "name")


def findings_of(upload: Upload) -> QuerySet[Finding]:
    """What was found in the file, the gravest first."""
    ranks = [When(severity=severity, then=Value(at)) for at, severity in enumerate(GRAVEST_FIRST)]
    rank = Case(*ranks, output_field=IntegerField())
    return upload.findings.order_by(rank, "pk")


def draft_of(upload: Upload) -> drafting.Draft | None:
    """What was read in the file; None while there is nothing."""
    reading = Reading.objects.filter(upload=upload).first()
    return drafting.from_json(reading.draft) if reading else None


def last_cleaning(upload: Upload) -> CleanedCopy | None:
    """The copy asked for last, with its decisions: made, on its way or failed. Two queries."""
    rows = CleanedCopy.objects.filter(original=upload).newest_first()
    return rows.select_related("copy").prefetch_related("decisions").first()


def copies_of(upload: Upload) -> QuerySet[CleanedCopy]:
    """The cleaned copies of a file that passed their inspection or wait for it, newest first."""
    rows = CleanedCopy.objects.done().filter(original=upload).newest_first()
    return rows.exclude(copy__state=Upload.State.REJECTED).select_related("copy")


def cleanings_behind(uploads: Collection[Upload]) -> QuerySet[CleanedCopy]:
    """For those of the files that are cleaned copies: what was decided and done. Two queries."""
    rows = CleanedCopy.objects.filter(copy__in=[upload.pk for upload in uploads])
    rows = rows.select_related("copy", "original", "person").prefetch_related("decisions")
    return rows.order_by("copy_id")


def _of_body(actor: Actor) -> UploadQuerySet:
    """The files of the body acted for; none for whoever acts for none."""
    return Upload.objects.visible_to(actor).filter(body_id=actor.acting_for or 0)
