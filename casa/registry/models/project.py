"""What the project «Province & Comuni» is made of: pillars, phases, the places that take part."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Pillar(models.Model):
    """A line of work of the project (Stazione Unica Appaltante, Europa, Innovazione, …).

    Rows, not an enum: the project began with three and grew to four.

    Personal data: none
    """

    code = models.SlugField(_("codice"), max_length=30, unique=True)
    name = models.CharField(_("nome"), max_length=100)
    description = models.TextField(_("descrizione"), blank=True)
    position = models.PositiveSmallIntegerField(_("ordine"), default=0)
    in_use = models.BooleanField(_("in uso"), default=True)

    class Meta:
        db_table = "registry_pillar"
        verbose_name = _("pilastro")
        verbose_name_plural = _("pilastri")

    def __str__(self) -> str:
        return self.name


class ProjectPhase(models.Model):
    """A phase of the project, with its source: the first has 76 Provinces, the second 10 more.

    Personal data: none
    """

    code = models.SlugField(_("codice"), max_length=30, unique=True)
    name = models.CharField(_("nome"), max_length=160)
    starts_on = models.DateField(_("inizio"))
    source = models.CharField(_("fonte"), max_length=300)

    class Meta:
        db_table = "registry_project_phase"
        verbose_name = _("fase del progetto")
        verbose_name_plural = _("fasi del progetto")

    def __str__(self) -> str:
        return self.name


class ProjectPlace(models.Model):
    """One Province takes part in one phase.

    Where a reform has since put another Province in the place of the one that was convened, it
    has a row of its own with `instead_of`: who counts the Provinces of a phase leaves it out.

    Personal data: none
    """

    phase = models.ForeignKey(
        ProjectPhase, on_delete=models.CASCADE, related_name="places", verbose_name=_("fase")
    )
    province = models.ForeignKey(
        "registry.Province",
        on_delete=models.PROTECT,
        related_name="project_places",
        verbose_name=_("Provincia"),
    )
    instead_of = models.ForeignKey(
        "registry.Province",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("al posto di"),
    )

    class Meta:
        db_table = "registry_project_place"
        verbose_name = _("Provincia in una fase")
        verbose_name_plural = _("Province nelle fasi")
        constraints = [
            models.UniqueConstraint(
                fields=["phase", "province"], name="one_place_per_phase_and_province"
            )
        ]

    def __str__(self) -> str:
        return f"{self.phase} · {self.province}"
