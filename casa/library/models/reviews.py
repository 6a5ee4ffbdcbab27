"""The second pair of eyes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Review(models.Model):
    """One reviewer's answer to one proposal: published or returned, with checklist and reasons.

    `checklist` keeps question and answer as they were asked; `waived` the warnings accepted,
    each with its reason.

    Personal data: the reviewer, shown to members; kept while the version is citable.
    """

    class Outcome(models.TextChoices):
        PUBLISHED = "published", _("Pubblicata")
        RETURNED = "returned", _("Rimandata all'autore")

    version = models.ForeignKey("library.Version", on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome)
    checklist = models.JSONField(default=list)
    waived = models.JSONField(default=list)
    reason = models.TextField(_("motivo o nota"), max_length=2000, blank=True)
    reviewed_at = models.DateTimeField()

    class Meta:
        db_table = "library_review"
        verbose_name = _("revisione")
        verbose_name_plural = _("revisioni")

    def __str__(self) -> str:
        return f"#{self.pk} {self.outcome}"
