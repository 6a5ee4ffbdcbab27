"""A norm changed: who is hit, and how far each office has come."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)


class Campaign(models.Model):
    """An editor says that a norm changed from a day on: every text that cites it is listed.

    Act, article, comma and letter are written as citations write them; empty ones mean the whole.
    Until `asked_at` the worker is still giving offices their tasks.

    Personal data: who opened it; kept with the campaign
    """

    class Change(models.TextChoices):
        CHANGED = "changed", _("Modificata")
        REPEALED = "repealed", _("Abrogata")

    act = models.CharField(_("atto"), max_length=120)
    article = models.CharField(_("articolo"), max_length=40, blank=True)
    comma = models.CharField(_("comma"), max_length=20, blank=True)
    letter = models.CharField(_("lettera"), max_length=20, blank=True)
    change = models.CharField(_("che cosa è successo"), max_length=8, choices=Change)
    on = models.DateField(_("dal"))
    note = models.TextField(_("che cosa cambia e che cosa fare"), max_length=2000)
    due_on = models.DateField(_("da aggiornare entro"))
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        db_table = "library_campaign"
        verbose_name = _("campagna di aggiornamento")
        verbose_name_plural = _("campagne di aggiornamento")
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return self.norm

    @property
    def norm(self) -> str:
        """«art. 50, c. 1, d.lgs. 36/2023»."""
        parts = [
            f"art. {self.article}" if self.article and "all." not in self.article else self.article,
            f"c. {self.comma}" if self.comma else "",
            f"lett. {self.letter})" if self.letter else "",
            self.act,
        ]
        return ", ".join(part for part in parts if part)


class CampaignHit(models.Model):
    """An entry whose current text cites the norm: which clauses, and what became of it.

    It is fixed by itself as soon as a published version of the entry no longer cites the norm; the
    office may also say why the text stays as it is (`kept`).

    Personal data: none
    """

    class State(models.TextChoices):
        OPEN = "open", _("Da aggiornare")
        FIXED = "fixed", _("Aggiornata")
        KEPT = "kept", _("Va bene così")

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="hits")
    entry = models.ForeignKey("library.Entry", on_delete=models.CASCADE, related_name="hits")
    version = models.ForeignKey("library.Version", on_delete=models.CASCADE, related_name="+")
    office = models.ForeignKey("registry.Office", on_delete=models.PROTECT, related_name="+")
    clauses = ArrayField(models.CharField(max_length=120), default=list)
    state = models.CharField(max_length=5, choices=State, default=State.OPEN)
    why = models.TextField(_("perché va bene così"), blank=True, max_length=1000)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "library_campaign_hit"
        verbose_name = _("testo da aggiornare")
        verbose_name_plural = _("testi da aggiornare")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "entry"], name="an_entry_is_hit_once"),
            models.CheckConstraint(
                condition=~Q(state="kept") | ~Q(why=""), name="who_keeps_a_text_says_why"
            ),
        ]
        indexes = [models.Index(fields=["entry", "state"], name="hits_of_an_entry")]

    def __str__(self) -> str:
        return f"#{self.pk}"
