"""The common procurement vocabulary: what is bought, as Europe numbers it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CpvCode(models.Model):
    """One code of the CPV (Reg. CE 213/2008) with its Italian label and the code it stands under.

    The house brings the divisions and the codes its synonyms name; `casa load cpv FILE` loads the
    whole nomenclature. Labels are words to search by: changing one asks for a new index.

    Personal data: none
    """

    code = models.CharField(_("codice"), max_length=8, primary_key=True)
    label = models.CharField(_("etichetta"), max_length=300)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        db_table = "search_cpv_code"
        ordering = ["code"]
        verbose_name = _("codice CPV")
        verbose_name_plural = _("codici CPV")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{8}$"), name="cpv_code_has_eight_digits"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"
