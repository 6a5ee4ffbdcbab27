"""Bringing an archive in: what was asked, and what became of every row."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casa.registry.actor import Actor
from casa.registry.models import Mandate


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, actor: Actor) -> Self:
        """The authors of the body that brings the archive in."""
        return self.filter(body_id__in=actor.bodies_as(Mandate.Role.AUTHOR))


class ImportRun(models.Model):
    """One manifest being brought in for a body, row by row.

    It can be stopped and taken up again: a row is known by body, title and SHA-256 of its main
    file, so nothing is made twice. `publishes` is the one act in which a network manager publishes
    what nobody has reviewed; pages say so of every version. `folder` is where the files are when it
    was started from the command line; else they are in the intake.

    Personal data: who brought it in; kept five years, like the trail.
    """

    name = models.CharField(_("nome del file"), max_length=255)
    manifest = models.TextField()
    body = models.ForeignKey("registry.Body", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    folder = models.CharField(max_length=500, blank=True)
    publishes = models.BooleanField(default=False)
    rows = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        db_table = "library_import_run"
        verbose_name = _("importazione")
        verbose_name_plural = _("importazioni")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("library:import_run", args=[self.pk])

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None


class ImportedRow(models.Model):
    """What became of one row, and which entry it looks like, when it looks like one.

    Personal data: none
    """

    class Outcome(models.TextChoices):
        DRAFT = "draft", _("Bozza")
        PUBLISHED = "published", _("Pubblicata senza revisione")
        THERE = "there", _("C'era già")
        REFUSED = "refused", _("Non importata")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="done")
    line = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    outcome = models.CharField(max_length=10, choices=Outcome)
    sentence = models.CharField(max_length=600, blank=True)
    entry = models.ForeignKey(
        "library.Entry", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    twin = models.ForeignKey(
        "library.Entry", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    likeness = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "library_imported_row"
        constraints = [models.UniqueConstraint(fields=["run", "line"], name="row_imported_once")]

    def __str__(self) -> str:
        return f"#{self.pk}"
