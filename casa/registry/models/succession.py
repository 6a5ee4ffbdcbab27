"""What a person held passes to others when their mandate ends."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casa.registry.models.mandates import Mandate
from casa.registry.models.trail import TrailReader


class Way(models.TextChoices):
    """What becomes of a part of what a mandate held."""

    PERSON = "person", _("a una persona")
    OFFICE = "office", _("a un ufficio")
    NETWORK = "network", _("alla gestione della rete")
    STAYS = "stays", _("resta all'ufficio")
    KEPT = "kept", _("resta alla persona")
    STOPPED = "stopped", _("cessa")


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def open(self) -> Self:
        """Begun, and not yet done."""
        return self.filter(done_at=None)

    def managed_by(self, actor: TrailReader) -> Self:
        """Network managers look after all, administrators after those of their bodies."""
        if actor.is_network_manager:
            return self.all()
        return self.filter(mandate__body__in=actor.bodies_as(Mandate.Role.ADMINISTRATOR))


class HandOver(models.Model):
    """«Passaggio di consegne»: what the holder of an ending mandate looked after gets new owners.

    `choices` is what was chosen so far, by part, so that the page may be left half-way. A mandate
    has one open hand-over at most; every ended one has a closed one, be it without any line.

    Personal data: who left, who took over, who did it; kept as long as the mandate, five years
    from its end.
    """

    class Cause(models.TextChoices):
        ENDED = "ended", _("Mandato concluso da chi amministra l'ente")
        LEFT = "left", _("La persona ha lasciato il mandato")
        EXPIRED = "expired", _("Il mandato è arrivato alla sua fine")

    mandate = models.ForeignKey(
        "registry.Mandate", on_delete=models.CASCADE, related_name="hand_overs"
    )
    cause = models.CharField(_("perché"), max_length=8, choices=Cause)
    choices = models.JSONField(default=dict, blank=True)
    opened_at = models.DateTimeField(_("aperto il"))
    done_at = models.DateTimeField(_("fatto il"), null=True, blank=True)
    done_by = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = HandOverQuerySet.as_manager()

    class Meta:
        db_table = "registry_hand_over"
        verbose_name = _("passaggio di consegne")
        verbose_name_plural = _("passaggi di consegne")
        constraints = [
            models.UniqueConstraint(
                fields=["mandate"], condition=Q(done_at=None), name="one_open_hand_over_per_mandate"
            )
        ]

    def __str__(self) -> str:
        return str(self.mandate)


class HandOverLine(models.Model):
    """One line of the receipt: so many things of one part went to somebody, or ceased.

    `titles` names them as they were called that day. A private line is read only by who left and
    who took over.

    Personal data: who took over; kept with its hand-over.
    """

    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="lines")
    part = models.CharField(max_length=40)
    label = models.CharField(_("che cosa"), max_length=120)
    way = models.CharField(_("come"), max_length=8, choices=Way)
    successor = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    office = models.ForeignKey(
        "registry.Office", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    count = models.PositiveIntegerField(_("quante"))
    titles = models.JSONField(default=list, blank=True)
    private = models.BooleanField(default=False)

    class Meta:
        db_table = "registry_hand_over_line"
        verbose_name = _("riga della ricevuta")
        verbose_name_plural = _("righe della ricevuta")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.label}: {self.count}"

    @property
    def heir(self) -> str:
        """Whose it is now, in words."""
        if self.successor:
            return self.successor.full_name
        return self.office.name if self.office else str(self.get_way_display())
