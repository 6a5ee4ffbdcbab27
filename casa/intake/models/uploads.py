"""A file somebody brought in, and what was read in it."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, OuterRef, Q, Sum
from django.utils.translation import gettext_lazy as _

from casa.intake.models.findings import Finding
from casa.registry.actor import Actor
from casa.registry.models import Body, Mandate

UPLOADERS = (Mandate.Role.AUTHOR, Mandate.Role.REVIEWER, Mandate.Role.ADMINISTRATOR)


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, actor: Actor) -> Self:
        """Uploads are seen by the members of the body that brought them in."""
        return self.filter(body_id__in=actor.body_ids)

    def usable_by(self, actor: Actor) -> Self:
        """Cleared files of the bodies in whose name the actor may write."""
        return self.cleared().filter(body_id__in=actor.bodies_as(*UPLOADERS))

    def waiting(self) -> Self:
        return self.filter(state=Upload.State.QUARANTINED)

    def cleared(self) -> Self:
        return self.filter(state=Upload.State.CLEARED)

    def rejected(self) -> Self:
        return self.filter(state=Upload.State.REJECTED)

    def unused(self) -> Self:
        """Uploads that no row of an upper room holds on to."""
        return self.filter(_held_by_nobody())

    def bytes_of(self, body: Body) -> int:
        """How much room all the files of a body take."""
        return int(self.filter(body=body).aggregate(total=Sum("size"))["total"] or 0)

    def newest_first(self) -> Self:
        return self.order_by("-received_at", "-pk")

    def with_outcome(self) -> Self:
        """Adds `finding_count`, `has_blocking` and `in_use`: what a list says beside the state."""
        blocking = Finding.objects.filter(upload=OuterRef("pk"), severity="blocking")
        return self.annotate(
            finding_count=Count("findings", distinct=True),
            has_blocking=Exists(blocking),
            in_use=ExpressionWrapper(~_held_by_nobody(), output_field=models.BooleanField()),
        )


class Upload(models.Model):
    """A file brought in by a person for an office. It stays in quarantine until it is cleared.

    The bytes never change and are never opened by the web process; their name on disk says
    nothing (`storage_name`) and has no extension. A rejected file keeps its one-sentence reason
    and is deleted after 30 days; a cleared one has a `Reading`, and goes after 90 days unless an
    upper room holds on to it (a relation that protects the row from deletion).

    Personal data: who brought it in, and whatever the file holds; see `Finding`.
    """

    class State(models.TextChoices):
        QUARANTINED = "quarantined", _("In controllo")
        CLEARED = "cleared", _("Pronto")
        REJECTED = "rejected", _("Rifiutato")

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey("registry.Body", on_delete=models.PROTECT, related_name="uploads")
    office = models.ForeignKey("registry.Office", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("nome del file"), max_length=255)
    size = models.PositiveBigIntegerField(_("dimensione in byte"))
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="quarantine/", max_length=120)
    format = models.CharField(_("formato riconosciuto"), max_length=20, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.QUARANTINED)
    step = models.CharField(_("passo in corso"), max_length=80, blank=True)
    reason = models.CharField(_("motivo del rifiuto"), max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField()
    inspected_at = models.DateTimeField(null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        db_table = "intake_upload"
        verbose_name = _("file ricevuto")
        verbose_name_plural = _("file ricevuti")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="quarantined") ^ Q(inspected_at__isnull=False),
                name="upload_inspected_iff_dated",
            ),
            models.CheckConstraint(
                condition=Q(state="rejected") ^ Q(reason=""), name="rejected_upload_has_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["body", "-received_at"], name="upload_of_body"),
            models.Index(
                fields=["received_at"], condition=Q(state="quarantined"), name="upload_waiting"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def storage_name(self) -> str:
        """Where the bytes go, below the private files folder."""
        return f"quarantine/{self.token.hex[:2]}/{self.token.hex}"

    @property
    def is_waiting(self) -> bool:
        return self.state == Upload.State.QUARANTINED

    @property
    def is_cleared(self) -> bool:
        return self.state == Upload.State.CLEARED

    @property
    def is_rejected(self) -> bool:
        return self.state == Upload.State.REJECTED


class Reading(models.Model):
    """What the drafting table read in a cleared upload: blocks, clauses, text. Never changes.

    `draft` is the JSON of `casa.drafting.Draft`, validated before it was stored.

    Personal data: whatever the document holds, and its author's name in the metadata.
    """

    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, related_name="reading")
    draft = models.JSONField()
    pages = models.PositiveIntegerField(null=True, blank=True)
    language = models.CharField(max_length=8, blank=True)
    confidence = models.FloatField(default=1.0)

    class Meta:
        db_table = "intake_reading"

    def __str__(self) -> str:
        return f"#{self.pk}"


def _held_by_nobody() -> Q:
    """No relation of an upper room, known only by its protecting the row, points to the upload."""
    relations = [
        relation
        for relation in Upload._meta.related_objects
        if relation.on_delete is models.PROTECT
    ]
    return Q(*((f"{relation.name}__isnull", True) for relation in relations), pk__isnull=False)
