"""What changed after publication."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Corrigendum(models.Model):
    """A change of a published tender, with its reason and the longer term for offers.

    `corrects` are the published documents that it changes; they themselves stay as they went out.

    Personal data: none (who did it stands in the trail)
    """

    dossier = models.ForeignKey(
        "dossier.Dossier", on_delete=models.CASCADE, related_name="corrigenda"
    )
    published_on = models.DateField(_("pubblicata il"))
    reason = models.CharField(_("che cosa cambia e perché"), max_length=1000)
    corrects = models.ManyToManyField(
        "dossier.Paper",
        blank=True,
        db_table="dossier_corrigendum_paper",
        related_name="corrigenda",
        verbose_name=_("documenti corretti"),
    )
    offers_due_at = models.DateTimeField(_("nuovo termine per le offerte"))

    class Meta:
        db_table = "dossier_corrigendum"
        verbose_name = _("rettifica")
        verbose_name_plural = _("rettifiche")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.reason
