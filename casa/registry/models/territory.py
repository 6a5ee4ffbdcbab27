"""Regions, Provinces and Comuni as ISTAT lists them, each with the days it exists."""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _


def date_span(start: str, end: str, bounds: str) -> Func:
    """`daterange(start, end, bounds)`: the days a row holds, as PostgreSQL counts them.

    A plain `Func`, so that migrations import nothing of the project.
    """
    span = (F(start), F(end), Value(bounds))
    return Func(*span, function="daterange", output_field=DateRangeField())


def one_truth_a_day(name: str, key: str) -> ExclusionConstraint:
    """No two rows with the same `key` may hold on the same day."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            (key, RangeOperators.EQUAL),
            (date_span("valid_from", "valid_to", "[)"), RangeOperators.OVERLAPS),
        ],
    )


class PlaceQuerySet(models.QuerySet[Any]):
    def in_force(self, *, on: date) -> Self:
        """The rows that hold on that day; `valid_to` is the first day they no longer do."""
        begun = Q(valid_from__lte=on)
        return self.filter(begun, Q(valid_to=None) | Q(valid_to__gt=on))

    def by_name(self) -> Self:
        """Italian order: accents and capitals do not count (see stack.md §9)."""
        return self.order_by(Func(F("name"), function="casa_sortable"), "pk")


class MacroArea(models.TextChoices):
    NORTH_WEST = "nord-ovest", _("Nord-ovest")
    NORTH_EAST = "nord-est", _("Nord-est")
    CENTRE = "centro", _("Centro")
    SOUTH = "sud", _("Sud")
    ISLANDS = "isole", _("Isole")


class Region(models.Model):
    """An Italian region, with its ISTAT code and macro-area. Twenty rows, rarely touched.

    Personal data: none
    """

    istat_code = models.CharField(_("codice ISTAT"), max_length=2, unique=True)
    name = models.CharField(_("nome"), max_length=80)
    macro_area = models.CharField(_("macro-area"), max_length=12, choices=MacroArea)

    class Meta:
        db_table = "registry_region"
        verbose_name = _("regione")
        verbose_name_plural = _("regioni")

    def __str__(self) -> str:
        return self.name


class Province(models.Model):
    """A territory of the second level: a Province, a metropolitan city or a free consortium.

    It is a place, not an office: who works there is a `Body`. At most one row per ISTAT code
    holds on a day; a Province that ended keeps its row, so that old tenders still resolve.

    Personal data: none
    """

    class Kind(models.TextChoices):
        PROVINCE = "province", _("Provincia")
        METROPOLITAN_CITY = "metropolitan_city", _("Città metropolitana")
        AUTONOMOUS = "autonomous", _("Provincia autonoma")
        FREE_CONSORTIUM = "free_consortium", _("Libero consorzio comunale")
        NON_ADMINISTRATIVE = "non_administrative", _("Unità non amministrativa")

    istat_code = models.CharField(_("codice ISTAT"), max_length=3)
    sigla = models.CharField(_("sigla"), max_length=2)
    name = models.CharField(_("nome"), max_length=80)
    kind = models.CharField(_("tipo"), max_length=20, choices=Kind)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="provinces", verbose_name=_("regione")
    )
    valid_from = models.DateField(_("in vigore dal"), default=date(1948, 1, 1))
    valid_to = models.DateField(_("fino al (escluso)"), null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        db_table = "registry_province"
        verbose_name = _("Provincia")
        verbose_name_plural = _("Province")
        constraints = [one_truth_a_day("one_province_per_code_and_day", "istat_code")]

    def __str__(self) -> str:
        return f"{self.name} ({self.sigla})"


class Municipality(models.Model):
    """A Comune as a place, with its Province and the days it exists.

    A Comune that merged or was suppressed ends (`valid_to`) and may name its `successor`.

    Personal data: none
    """

    istat_code = models.CharField(_("codice ISTAT"), max_length=6)
    name = models.CharField(_("nome"), max_length=120)
    cadastral_code = models.CharField(_("codice catastale"), max_length=4, blank=True)
    province = models.ForeignKey(
        Province,
        on_delete=models.PROTECT,
        related_name="municipalities",
        verbose_name=_("Provincia"),
    )
    valid_from = models.DateField(_("in vigore dal"), default=date(1948, 1, 1))
    valid_to = models.DateField(_("fino al (escluso)"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("Comune che gli succede"),
    )

    objects = PlaceQuerySet.as_manager()

    class Meta:
        db_table = "registry_municipality"
        verbose_name = _("Comune")
        verbose_name_plural = _("Comuni")
        constraints = [one_truth_a_day("one_municipality_per_code_and_day", "istat_code")]
        indexes = [models.Index(fields=["province"], name="municipality_of_province")]

    def __str__(self) -> str:
        return self.name


class TerritoryEdition(models.Model):
    """An edition of ISTAT's list that was loaded: the day it describes and where it came from.

    The latest one says how fresh the territory is, and keeps an older list from being loaded.

    Personal data: none
    """

    on = models.DateField(_("situazione al"), unique=True)
    source = models.CharField(_("fonte"), max_length=200)
    provinces = models.PositiveIntegerField(_("Province"))
    municipalities = models.PositiveIntegerField(_("Comuni"))
    loaded_at = models.DateTimeField(_("caricato il"))

    class Meta:
        db_table = "registry_territory_edition"
        verbose_name = _("edizione del territorio")
        verbose_name_plural = _("edizioni del territorio")
        ordering = ["-on"]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}"
