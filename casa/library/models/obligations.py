"""Clauses that whoever adapts a text may not change without saying why."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Obligation(models.Model):
    """What a body says of a clause of its own text: the law wants it, or its SUA does.

    A clause without a row is free. The key lasts from version to version and goes along with
    copies, so that one row speaks for the text, its next versions and all that derives from it. It
    speaks for the clauses below it too, down to the next one of the same level.

    Personal data: none (who marked it stands in the trail)
    """

    class Kind(models.TextChoices):
        LAW = "law", _("obbligatoria per legge")
        SUA = "sua", _("obbligatoria per la SUA")

    entry = models.ForeignKey("library.Entry", on_delete=models.CASCADE, related_name="obligations")
    key = models.SlugField(max_length=80)
    kind = models.CharField(_("vincolo"), max_length=4, choices=Kind)
    reason = models.CharField(_("norma o motivo"), max_length=300)
    marked_at = models.DateTimeField()

    class Meta:
        db_table = "library_obligation"
        verbose_name = _("clausola obbligatoria")
        verbose_name_plural = _("clausole obbligatorie")
        constraints = [
            models.UniqueConstraint(fields=["entry", "key"], name="obligation_unique"),
            models.CheckConstraint(condition=~Q(reason=""), name="obligation_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.get_kind_display()}"


class Departure(models.Model):
    """Why a body changed or dropped a clause that its source calls compulsory; the source reads it.

    `digest` stands for our words when the reason was given: other words ask for it again. `version`
    is the one with which it was given.

    Personal data: none (who gave the reason stands in the trail)
    """

    entry = models.ForeignKey("library.Entry", on_delete=models.CASCADE, related_name="departures")
    version = models.ForeignKey(
        "library.Version", on_delete=models.CASCADE, related_name="departures"
    )
    key = models.SlugField(max_length=80)
    title = models.CharField(max_length=400)
    is_dropped = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)
    reason = models.TextField(_("perché"), max_length=1000)
    given_at = models.DateTimeField()

    class Meta:
        db_table = "library_departure"
        verbose_name = _("scostamento da una clausola obbligatoria")
        verbose_name_plural = _("scostamenti da clausole obbligatorie")
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="departure_unique"),
            models.CheckConstraint(condition=~Q(reason=""), name="departure_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.title
