"""The rules of procurement: thresholds, procedures, terms, contributions, holidays."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from casa.guide import law
from casa.guide.models.norms import Norm
from casa.registry.models.territory import date_span


class RuleQuerySet(models.QuerySet[Any]):
    def holding(self, *, on: date) -> Self:
        """The rows that speak of that day; `valid_to` is the first day they no longer do."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)


class Rule(models.Model):
    """What one rule of procurement says from one day to another: an amount, a term, a duty.

    `data/guide/*.toml` brings the rows; those that editors touched no longer have the digest they
    were loaded with, and no load changes them. No two rows say something of one rule on one day.

    Personal data: none
    """

    class Topic(models.TextChoices):
        THRESHOLDS = "thresholds", _("Soglie europee")
        PROCEDURES = "procedures", _("Procedure")
        QUALIFICATION = "qualification", _("Chi può fare la gara")
        CHECKS_BEFORE = "checks_before", _("Controlli che vengono prima")
        MINIMUM_TERMS = "minimum_terms", _("Termini minimi")
        MAXIMUM_TERMS = "maximum_terms", _("Termini massimi")
        GUARANTEES = "guarantees", _("Garanzie, penali, revisione dei prezzi")
        CONTRIBUTIONS = "contributions", _("Contributi e bollo")
        CHECKLISTS = "checklists", _("Documenti per fase")
        HOLIDAYS = "holidays", _("Giorni festivi")
        OTHER = "other", _("Altro")

    class Unit(models.TextChoices):
        EUR = "EUR", _("euro")
        DAYS = "days", _("giorni")
        MONTHS = "months", _("mesi")
        YEARS = "years", _("anni")
        PERCENT = "percent", _("%")
        PERMILLE = "permille", _("‰")
        OPERATORS = "operators", _("operatori")
        POINTS = "points", _("punti")

    class Operator(models.TextChoices):
        BELOW = "<", _("meno di")
        AT_MOST = "<=", _("fino a")
        ABOVE = ">", _("più di")
        AT_LEAST = ">=", _("almeno")
        EQUAL = "=", ""

    topic = models.CharField(_("argomento"), max_length=20, choices=Topic)
    code = models.SlugField(_("codice"), max_length=60)
    value = models.DecimalField(_("valore"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unità"), max_length=10, choices=Unit, blank=True)
    op = models.CharField(_("confronto"), max_length=2, choices=Operator, blank=True)
    text = models.CharField(_("che cosa dice"), max_length=400)
    details = models.JSONField(_("altri valori"), default=dict, blank=True)
    valid_from = models.DateField(_("dal"))
    valid_to = models.DateField(_("fino al (escluso)"), null=True, blank=True)
    date_basis = models.CharField(
        _("quale data conta"),
        max_length=10,
        choices=Norm.DateBasis,
        default=Norm.DateBasis.NOTICE,
    )
    jurisdiction = models.CharField(_("ordinamento"), max_length=20, default="IT")
    citation = models.CharField(_("che cosa lo dice"), max_length=200)
    source = models.CharField(_("fonte"), max_length=300, help_text=_("Dove lo si è letto."))
    verified_on = models.DateField(_("verificata il"), null=True, blank=True)
    confidence = models.CharField(
        _("attendibilità"),
        max_length=10,
        choices=Norm.Confidence,
        default=Norm.Confidence.TO_CHECK,
    )
    note = models.CharField(_("nota"), max_length=400, blank=True)
    seed_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = RuleQuerySet.as_manager()

    class Meta:
        db_table = "guide_rule"
        verbose_name = _("regola")
        verbose_name_plural = _("regole")
        constraints = [
            ExclusionConstraint(
                name="one_truth_per_rule_and_day",
                expressions=[
                    ("topic", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    ("jurisdiction", RangeOperators.EQUAL),
                    (date_span("valid_from", "valid_to", "[)"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "Un'altra riga dice la stessa regola negli stessi giorni: "
                    "correggi quella, o cambia le date di questa."
                ),
            ),
            models.CheckConstraint(
                name="rule_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                violation_error_message=_("Il giorno finale deve venire dopo quello iniziale."),
            ),
            models.CheckConstraint(
                name="verified_rule_says_when",
                condition=~Q(confidence="verified") | Q(verified_on__isnull=False),
                violation_error_message=_("Se la riga è verificata, scrivi in quale giorno."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text} ({self.amount})" if self.value is not None else self.text

    @property
    def amount(self) -> str:
        """The value with its unit, as people read it: «meno di 150.000 euro»."""
        if self.value is None:
            return ""
        parts = (self.get_op_display(), _number(self.value), self.get_unit_display())
        return " ".join(str(part) for part in parts if part)

    @property
    def last_day(self) -> date | None:
        """The last day on which the row holds, if it ends."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None

    @property
    def is_verified(self) -> bool:
        """Whether somebody compared the row with the text it names."""
        return self.confidence == Norm.Confidence.VERIFIED

    @property
    def row(self) -> law.Row:
        """The row as the engine of the guide reads it."""
        given = {name: getattr(self, name) for name in law.FIELDS}
        return law.Row(**given)


def _number(value: Decimal) -> str:
    places = 0 if value == value.to_integral_value() else None
    return number_format(
        value.normalize() if places is None else value, places, force_grouping=True
    )
