"""The trail of acts (registro delle attività)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TrailLine(models.Model):
    """Who did what to which object, when and for which body. Written once, never changed.

    The database itself refuses to change or delete a line (a trigger made by the migration).

    Personal data: who acted and, for log-ins, the network address; kept five years.
    """

    at = models.DateTimeField(_("quando"))
    person = models.ForeignKey(
        "registry.Person",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("chi"),
    )
    body = models.ForeignKey(
        "registry.Body",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("per quale ente"),
    )
    act = models.CharField(_("atto"), max_length=80)
    subject_key = models.CharField(_("oggetto"), max_length=80)
    subject_name = models.CharField(_("nome dell'oggetto"), max_length=300, blank=True)
    details = models.JSONField(_("dettagli"), default=dict, blank=True)

    class Meta:
        db_table = "registry_trail"
        verbose_name = _("riga del registro")
        verbose_name_plural = _("registro delle attività")
        indexes = [
            models.Index(fields=["subject_key", "-at"], name="trail_of_subject"),
            models.Index(fields=["body", "-at"], name="trail_of_body"),
            models.Index(fields=["-at"], name="trail_by_time"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.act}"
