"""Who was invited and who made an offer."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Participant(models.Model):
    """An economic operator of one tender; secret until the deadline for offers.

    Personal data: the name of an operator, which may be a person's; as long as the dossier is kept.
    """

    class Role(models.TextChoices):
        INVITED = "invited", _("Invitato")
        BIDDER = "bidder", _("Ha presentato offerta")

    dossier = models.ForeignKey(
        "dossier.Dossier", on_delete=models.CASCADE, related_name="participants"
    )
    role = models.CharField(_("come"), max_length=8, choices=Role)
    name = models.CharField(_("operatore economico"), max_length=200)

    class Meta:
        db_table = "dossier_participant"
        verbose_name = _("operatore economico")
        verbose_name_plural = _("operatori economici")
        ordering = ("role", "name")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "role", "name"], name="one_participant_per_role_and_name"
            )
        ]

    def __str__(self) -> str:
        return self.name
