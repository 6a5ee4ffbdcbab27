"""What is to be done in a case."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    PLANNING = "planning", _("Programmazione")
    DESIGN = "design", _("Progettazione")
    AWARD = "award", _("Affidamento")
    PERFORMANCE = "performance", _("Esecuzione")


class Step(models.Model):
    """One thing to do, by one of the two bodies of its case.

    Personal data: who moved it last, as long as the case is kept.
    """

    class Side(models.TextChoices):
        OWNER = "owner", _("l'ente")
        SUPPORTER = "supporter", _("chi aiuta")

    class State(models.TextChoices):
        TODO = "todo", _("Da fare")
        DOING = "doing", _("In corso")
        DONE = "done", _("Fatto")
        SKIPPED = "skipped", _("Non serve")

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="steps")
    code = models.SlugField(max_length=40)
    order = models.PositiveSmallIntegerField()
    phase = models.CharField(_("fase"), max_length=12, choices=Phase)
    title = models.CharField(_("che cosa"), max_length=200)
    side = models.CharField(_("chi"), max_length=10, choices=Side)
    optional = models.BooleanField(_("facoltativo"), default=False)
    papers = models.CharField(_("documenti"), max_length=300, blank=True)
    citation = models.CharField(_("norma"), max_length=200, blank=True)
    state = models.CharField(_("stato"), max_length=8, choices=State, default=State.TODO)
    due_on = models.DateField(_("entro il"), null=True, blank=True)
    done_on = models.DateField(_("fatto il"), null=True, blank=True)
    note = models.CharField(_("nota"), max_length=400, blank=True)
    moved_by = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        db_table = "casework_step"
        verbose_name = _("passo")
        verbose_name_plural = _("passi")
        ordering = ("order",)
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], name="one_step_per_case_and_code"),
            models.CheckConstraint(
                name="a_step_that_is_over_has_a_day",
                condition=Q(state__in=["todo", "doing"], done_on=None)
                | Q(state__in=["done", "skipped"], done_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Whether nobody has to do it any more."""
        return self.state in (self.State.DONE, self.State.SKIPPED)
