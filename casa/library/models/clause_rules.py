"""How free a clause is, why a copy departs from it, and what a copy proposes to its source."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casa.library.models.audiences import writable_by
from casa.registry.actor import Actor


class ClauseRule(models.Model):
    """The source says of a clause that law, or the SUA, demands it; without a row it is free.

    `key` is the clause's, which lasts through versions.

    Personal data: none
    """

    class Demand(models.TextChoices):
        LAW = "law", _("Obbligatoria per legge")
        SUA = "sua", _("Obbligatoria per la SUA")

    entry = models.ForeignKey(
        "library.Entry", on_delete=models.CASCADE, related_name="clause_rules"
    )
    key = models.SlugField(max_length=80)
    demand = models.CharField(_("quanto è libera"), max_length=4, choices=Demand)

    class Meta:
        db_table = "library_clause_rule"
        verbose_name = _("vincolo di clausola")
        verbose_name_plural = _("vincoli di clausola")
        constraints = [models.UniqueConstraint(fields=["entry", "key"], name="one_rule_per_clause")]

    def __str__(self) -> str:
        return f"{self.key}: {self.get_demand_display()}"


class Departure(models.Model):
    """Why a version of a copy changes a clause that is compulsory for its source, which sees it.

    Personal data: none (the text is the body's)
    """

    version = models.ForeignKey(
        "library.Version", on_delete=models.CASCADE, related_name="departures"
    )
    key = models.SlugField(max_length=80)
    reason = models.TextField(_("perché"), max_length=1000)

    class Meta:
        db_table = "library_departure"
        verbose_name = _("scostamento dalla fonte")
        verbose_name_plural = _("scostamenti dalla fonte")
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="one_departure_per_clause")
        ]

    def __str__(self) -> str:
        return self.key


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those made for, or to, a body the actor writes for."""
        return self.filter(writable_by(actor, "entry__") | writable_by(actor, "derived__"))

    def waiting(self) -> Self:
        return self.filter(state="waiting")


class Suggestion(models.Model):
    """A clause as a copy has it, offered to the source with the reason («Proponi modifica»).

    Personal data: who proposed and who answered; kept as long as the version that credits it
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("In attesa di risposta")
        ACCEPTED = "accepted", _("Accolta")
        EDITED = "edited", _("Accolta con modifiche")
        DECLINED = "declined", _("Non accolta")

    entry = models.ForeignKey("library.Entry", on_delete=models.CASCADE, related_name="suggestions")
    derived = models.ForeignKey(
        "library.Entry", on_delete=models.CASCADE, related_name="own_suggestions"
    )
    derived_version = models.ForeignKey(
        "library.Version", on_delete=models.CASCADE, related_name="+"
    )
    key = models.SlugField(max_length=80)
    before = models.TextField(blank=True)
    after = models.TextField()
    reason = models.TextField(_("perché"), max_length=2000)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    answer = models.TextField(_("risposta"), blank=True, max_length=2000)
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    credited_in = models.ForeignKey(
        "library.Version", on_delete=models.SET_NULL, null=True, blank=True, related_name="credits"
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        db_table = "library_suggestion"
        verbose_name = _("proposta alla fonte")
        verbose_name_plural = _("proposte alla fonte")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting") ^ ~Q(answered_at=None),
                name="a_suggestion_is_answered_iff_dated",
            ),
            models.UniqueConstraint(
                fields=["derived", "key"],
                condition=Q(state="waiting"),
                name="one_waiting_suggestion_per_clause",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
