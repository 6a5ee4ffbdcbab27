"""Who uses an entry, how it went, and who vouches for it."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

STILL_TRUE = timedelta(days=396)
"""Thirteen months: what nobody confirmed since then is shown grey."""


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    def in_use(self) -> Self:
        return self.filter(state__in=["trial", "in_use"])

    def to_confirm(self, *, on: date, after: timedelta) -> Self:
        """In use, and not confirmed for that long."""
        return self.in_use().filter(confirmed_on__lte=on - after)


class Adoption(models.Model):
    """A body uses an entry: which version, which office, since when, with which evidence.

    A derived copy or a filled document proposes it by itself (`origin`); a body holds one row per
    entry, whose state moves on. `confirmed_on` is the day somebody last said that it is still true.

    Personal data: none (an office is not a person)
    """

    class State(models.TextChoices):
        INTERESTED = "interested", _("Interessato")
        TRIAL = "trial", _("In prova")
        IN_USE = "in_use", _("In uso")
        STOPPED = "stopped", _("Non più in uso")

    class Origin(models.TextChoices):
        DECLARED = "declared", _("Dichiarata")
        DERIVED = "derived", _("Da una copia adattata")
        FILLED = "filled", _("Da un documento compilato")

    entry = models.ForeignKey("library.Entry", on_delete=models.CASCADE, related_name="adoptions")
    version = models.ForeignKey(
        "library.Version", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    body = models.ForeignKey("registry.Body", on_delete=models.PROTECT, related_name="adoptions")
    office = models.ForeignKey(
        "registry.Office", on_delete=models.PROTECT, related_name="adoptions"
    )
    state = models.CharField(_("stato"), max_length=10, choices=State)
    why = models.TextField(_("perché"), blank=True, max_length=1000)
    evidence = models.CharField(_("prova (atto o indirizzo)"), max_length=300, blank=True)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.DECLARED)
    since = models.DateField(_("dal"))
    confirmed_on = models.DateField(_("confermata il"))

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        db_table = "library_adoption"
        verbose_name = _("adozione")
        verbose_name_plural = _("adozioni")
        constraints = [
            models.UniqueConstraint(fields=["entry", "body"], name="a_body_adopts_an_entry_once"),
            models.CheckConstraint(
                condition=~Q(state="stopped") | ~Q(why=""), name="who_stops_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.get_state_display()}"

    def is_stale(self, *, on: date) -> bool:
        """Nobody has said for thirteen months that it is still true."""
        return self.confirmed_on + STILL_TRUE < on


class Experience(models.Model):
    """How it went for a body that used an entry: yes, with changes, no; and the author's answer.

    Personal data: none (the body answers, not the person)
    """

    class Outcome(models.TextChoices):
        YES = "yes", _("Sì, ha funzionato")
        CHANGED = "changed", _("Sì, con modifiche")
        NO = "no", _("No")

    entry = models.ForeignKey("library.Entry", on_delete=models.CASCADE, related_name="experiences")
    version = models.ForeignKey("library.Version", on_delete=models.CASCADE, related_name="+")
    body = models.ForeignKey("registry.Body", on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey("registry.Office", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(_("ha funzionato?"), max_length=8, choices=Outcome)
    why = models.TextField(_("perché"), max_length=2000)
    answer = models.TextField(_("risposta di chi lo ha scritto"), blank=True, max_length=2000)
    told_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "library_experience"
        verbose_name = _("esperienza d'uso")
        verbose_name_plural = _("esperienze d'uso")
        constraints = [
            models.UniqueConstraint(fields=["entry", "body"], name="one_experience_per_body")
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.get_outcome_display()}"


class Endorsement(models.Model):
    """An expert of another body vouches for a version («validato dalla rete»), by which criteria.

    Each expert of a body writes their own; what is counted is bodies.

    Personal data: who vouched, shown to everybody; kept while the version is citable
    """

    version = models.ForeignKey(
        "library.Version", on_delete=models.CASCADE, related_name="endorsements"
    )
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey("registry.Body", on_delete=models.PROTECT, related_name="+")
    criteria = models.TextField(_("che cosa è stato controllato"), max_length=2000)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "library_endorsement"
        verbose_name = _("validazione di rete")
        verbose_name_plural = _("validazioni di rete")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "body", "person"], name="one_endorsement_per_expert"
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}"
