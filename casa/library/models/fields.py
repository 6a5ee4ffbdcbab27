"""What a model asks for, found once, and the documents that models were made from."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class FieldReading(models.Model):
    """What the jail found in the main file of a version: fields, conditional parts, blanks.

    Each is the JSON that `python -m casa.drafting fields` and `blanks` print, checked before it was
    stored. `reason` says in Italian why the file could not be told as a model. A version without a
    row, or with one of an older grammar, is read by the rounds.

    Personal data: whatever stands beside a blank of the document (the same words as in its text)
    """

    GRAMMAR: ClassVar[int] = 1
    """Raise it when `casa.drafting.filling` finds more or better than before."""

    version = models.OneToOneField(
        "library.Version",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="field_reading",
    )
    grammar = models.PositiveSmallIntegerField()
    fields = models.JSONField(default=list)
    conditions = models.JSONField(default=list)
    blanks = models.JSONField(default=list)
    reason = models.CharField(_("perché non si legge"), max_length=1000, blank=True)

    class Meta:
        db_table = "library_field_reading"

    def __str__(self) -> str:
        return f"#{self.version_id}"


class MadeModel(models.Model):
    """A file with fields that was made from the main file of a version, by confirming its blanks.

    `original` is that file, which the version may have given up since; None when it is gone.

    Personal data: none (who made it stands in the trail)
    """

    upload = models.OneToOneField(
        "intake.Upload", on_delete=models.CASCADE, related_name="made_model"
    )
    source = models.ForeignKey(
        "library.Version", on_delete=models.CASCADE, related_name="made_models"
    )
    original = models.ForeignKey(
        "intake.Upload", on_delete=models.SET_NULL, null=True, related_name="models_made"
    )
    made_at = models.DateTimeField()

    class Meta:
        db_table = "library_made_model"
        verbose_name = _("modello ricavato")
        verbose_name_plural = _("modelli ricavati")

    def __str__(self) -> str:
        return f"#{self.pk}"
