"""What holds of the norms that models cite."""

from datetime import date, timedelta
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from casa.drafting import norms
from casa.registry.models.territory import date_span

KEY = ("act", "article", "comma", "letter")


class NormQuerySet(models.QuerySet[Any]):
    def holding(self, *, on: date) -> Self:
        """The rows that speak of that day; `valid_to` is the first day they no longer do."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)


class Norm(models.Model):
    """What holds of a norm that models cite, from one day to another, and who says so.

    A norm is an act, or an article, a comma, a letter of it. No two rows say something of the
    same norm on one day. `data/norms.toml` brings the rows; those that editors touched no longer
    have the digest they were loaded with, and no load changes them.

    Personal data: none
    """

    class Status(models.TextChoices):
        IN_FORCE = "in_force", _("in vigore")
        CHANGED = "changed", _("modificata")
        SUPERSEDED = "superseded", _("superata")
        REPEALED = "repealed", _("abrogata")

    class DateBasis(models.TextChoices):
        DOCUMENT = "document", _("la data del documento")
        NOTICE = "notice", _("la data del bando, dell'avviso o dell'invito")
        DECISION = "decision", _("la data della decisione di contrarre")
        DESIGN = "design", _("la data dell'incarico di progettazione")

    class Confidence(models.TextChoices):
        VERIFIED = "verified", _("verificata sul testo")
        LIKELY = "likely", _("da verificare: molto probabile")
        TO_CHECK = "to_check", _("da verificare: incerta")

    act = models.CharField(
        _("atto"), max_length=120, help_text=_("Come lo scrivono le citazioni: «d.lgs. 36/2023».")
    )
    article = models.CharField(
        _("articolo"), max_length=40, blank=True, help_text=_("Vuoto: tutto l'atto.")
    )
    comma = models.CharField(_("comma"), max_length=20, blank=True)
    letter = models.CharField(_("lettera"), max_length=20, blank=True)
    status = models.CharField(_("stato"), max_length=12, choices=Status)
    valid_from = models.DateField(_("dal"))
    valid_to = models.DateField(_("fino al (escluso)"), null=True, blank=True)
    replaced_by = models.CharField(_("che cosa citare oggi"), max_length=200, blank=True)
    note = models.CharField(_("nota"), max_length=400, blank=True)
    exception = models.CharField(_("eccezione"), max_length=400, blank=True)
    date_basis = models.CharField(
        _("quale data conta"), max_length=10, choices=DateBasis, default=DateBasis.DOCUMENT
    )
    jurisdiction = models.CharField(_("ordinamento"), max_length=20, default="IT")
    citation = models.CharField(
        _("che cosa lo dice"), max_length=200, help_text=_("La norma che lo stabilisce.")
    )
    source = models.CharField(_("fonte"), max_length=300, help_text=_("Dove lo si è letto."))
    verified_on = models.DateField(_("verificata il"), null=True, blank=True)
    confidence = models.CharField(
        _("attendibilità"), max_length=10, choices=Confidence, default=Confidence.TO_CHECK
    )
    seed_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = NormQuerySet.as_manager()

    class Meta:
        db_table = "guide_norm"
        verbose_name = _("norma")
        verbose_name_plural = _("norme")
        constraints = [
            ExclusionConstraint(
                name="one_truth_per_norm_and_day",
                expressions=[
                    *((name, RangeOperators.EQUAL) for name in KEY),
                    (date_span("valid_from", "valid_to", "[)"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "Un'altra riga parla della stessa norma negli stessi giorni: "
                    "correggi quella, o cambia le date di questa."
                ),
            ),
            models.CheckConstraint(
                name="norm_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                violation_error_message=_("Il giorno finale deve venire dopo quello iniziale."),
            ),
            models.CheckConstraint(
                name="verified_norm_says_when",
                condition=~Q(confidence="verified") | Q(verified_on__isnull=False),
                violation_error_message=_("Se la riga è verificata, scrivi in quale giorno."),
            ),
        ]

    def __str__(self) -> str:
        return norms.name_of(self)

    def get_absolute_url(self) -> str:
        """The page of its article, or of its whole act."""
        asked = {"atto": self.act} | ({"articolo": self.article} if self.article else {})
        return f"{reverse('guide:norm')}?{urlencode(asked)}"

    @property
    def last_day(self) -> date | None:
        """The last day on which the row holds, if it ends."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None

    @property
    def is_verified(self) -> bool:
        """Whether somebody compared the row with the text it names."""
        return self.confidence == self.Confidence.VERIFIED
