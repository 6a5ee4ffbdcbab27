"""The lots of a tender."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Lot(models.Model):
    """One part of a tender that may be awarded by itself, with a CIG of its own.

    Personal data: none
    """

    dossier = models.ForeignKey("dossier.Dossier", on_delete=models.CASCADE, related_name="lots")
    number = models.PositiveSmallIntegerField(_("numero"))
    title = models.CharField(_("oggetto del lotto"), max_length=200, blank=True)
    cig = models.CharField("CIG", max_length=10, blank=True)
    amount = models.DecimalField(_("importo senza IVA"), max_digits=14, decimal_places=2)

    class Meta:
        db_table = "dossier_lot"
        verbose_name = _("lotto")
        verbose_name_plural = _("lotti")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="one_lot_per_number")
        ]

    def __str__(self) -> str:
        return str(_("Lotto %d") % self.number)
