"""The documents that lie at a step."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Paper(models.Model):
    """A document of a step: a version of the library, or a file that somebody brought in.

    A version is kept with its number: what the library publishes afterwards changes nothing here.
    A reserved paper is read before the deadline for offers only by those who run the award.

    Personal data: who laid it there, and whatever the file holds; as long as the dossier is kept.
    """

    step = models.ForeignKey("casework.Step", on_delete=models.CASCADE, related_name="papers_laid")
    version = models.ForeignKey(
        "library.Version", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    upload = models.ForeignKey(
        "intake.Upload",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dossier_papers",
    )
    reserved = models.BooleanField(_("riservato fino alla scadenza delle offerte"), default=False)
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    laid_at = models.DateTimeField(_("messo il"))

    class Meta:
        db_table = "dossier_paper"
        verbose_name = _("documento del passo")
        verbose_name_plural = _("documenti del passo")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="a_paper_is_a_version_or_a_file",
                condition=Q(version=None) ^ Q(upload=None),
            ),
            models.UniqueConstraint(fields=["step", "version"], name="one_version_per_step"),
            models.UniqueConstraint(fields=["step", "upload"], name="one_file_per_step"),
        ]

    def __str__(self) -> str:
        return str(self.version or self.upload)
