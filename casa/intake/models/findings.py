"""What the inspection found in a file, row by row."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Finding(models.Model):
    """One thing that a person should know before this file is shared.

    A blocking finding can't be waived; a warning needs the reviewer's reason; a note is only
    shown to the author.

    Personal data: `excerpt` may repeat what the document holds; it goes with the upload.
    """

    class Severity(models.TextChoices):
        BLOCKING = "blocking", _("Da correggere")
        WARNING = "warning", _("Da valutare")
        NOTE = "note", _("Da sapere")

    upload = models.ForeignKey("intake.Upload", on_delete=models.CASCADE, related_name="findings")
    code = models.SlugField(max_length=40)
    severity = models.CharField(max_length=10, choices=Severity)
    message = models.CharField(max_length=500)
    place = models.CharField(_("dove"), max_length=200, blank=True)
    excerpt = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "intake_finding"
        verbose_name = _("rilievo")
        verbose_name_plural = _("rilievi")
        indexes = [models.Index(fields=["upload", "severity"], name="finding_of_upload")]

    def __str__(self) -> str:
        return f"{self.severity}: {self.code}"
