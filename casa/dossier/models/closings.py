"""How a tender ended, and what its bodies share of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casa.guide.choosing.advice import LABELS
from casa.library.models import choices


class Closing(models.Model):
    """How a closed tender ended. It goes when the dossier is opened again.

    `discount` is what the winner took off the amount, in per cent; `bidders` and `appeals` are
    numbers alone. `criterion` is how the offers were compared, empty where nothing was.

    Personal data: who closed it, as long as the dossier is kept.
    """

    class Outcome(models.TextChoices):
        CONCLUDED = "concluded", _("Contratto concluso")
        UNAWARDED = "unawarded", _("Chiusa senza aggiudicazione")

    dossier = models.OneToOneField(
        "dossier.Dossier", on_delete=models.CASCADE, related_name="closing"
    )
    outcome = models.CharField(_("come è finita"), max_length=10, choices=Outcome)
    reason = models.CharField(_("perché"), max_length=1000, blank=True)
    bidders = models.PositiveSmallIntegerField(_("offerte arrivate"), null=True, blank=True)
    discount = models.DecimalField(
        _("ribasso"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    criterion = models.CharField(
        _("criterio"), max_length=12, choices=choices.Criterion, blank=True
    )
    appeals = models.PositiveSmallIntegerField(_("ricorsi"), null=True, blank=True)
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("chiuso il"))

    class Meta:
        db_table = "dossier_closing"
        verbose_name = _("chiusura del fascicolo")
        verbose_name_plural = _("chiusure dei fascicoli")
        constraints = [
            models.CheckConstraint(
                name="a_tender_without_award_says_why",
                condition=~Q(outcome="unawarded") | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="a_discount_is_a_percentage",
                condition=Q(discount=None) | Q(discount__gte=0, discount__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_outcome_display())


class Sharing(models.Model):
    """What was chosen to publish of a closed tender; the worker makes one entry of it.

    `copies` are keys of cleaned copies. While there is a version nothing is shared a second time;
    a draft that is thrown away in the library gives the choice back.

    Personal data: who chose it, as long as the dossier is kept.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("In preparazione")
        DONE = "done", _("Mandata in revisione")
        FAILED = "failed", _("Non riuscita")

    dossier = models.OneToOneField(
        "dossier.Dossier", on_delete=models.CASCADE, related_name="sharing"
    )
    body = models.ForeignKey("registry.Body", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("titolo"), max_length=200)
    object = models.TextField(_("a che cosa serve"), max_length=1000)
    audience = models.CharField(
        _("chi può leggerla"), max_length=8, choices=choices.Audience.choices
    )
    copies = ArrayField(models.BigIntegerField(), default=list, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    problem = models.CharField(_("perché non è riuscita"), max_length=1000, blank=True)
    asked_at = models.DateTimeField(_("chiesta il"))
    version = models.ForeignKey(
        "library.Version", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        db_table = "dossier_sharing"
        verbose_name = _("condivisione di un fascicolo")
        verbose_name_plural = _("condivisioni dei fascicoli")

    def __str__(self) -> str:
        return self.title

    @property
    def is_settled(self) -> bool:
        """Whether there is an entry of it, or the worker is making one."""
        return self.version_id is not None or self.state == self.State.WAITING


class SharedTender(models.Model):
    """The figures of a tender that its bodies shared: they belong to the entry of the library.

    Nothing leads from here to the dossier. `days` counts by phase; `division` is the CPV's first
    two digits, empty where the tender had no CPV.

    Personal data: none
    """

    entry = models.OneToOneField(
        "library.Entry", on_delete=models.CASCADE, related_name="shared_tender"
    )
    outcome = models.CharField(_("come è finita"), max_length=10, choices=Closing.Outcome)
    procedure = models.CharField(_("procedura"), max_length=32, choices=list(LABELS.items()))
    kind = models.CharField(_("tipo"), max_length=12, choices=choices.ContractType)
    division = models.CharField(_("ramo CPV"), max_length=2, blank=True)
    amount_band = models.CharField(
        _("fascia di importo"), max_length=12, choices=choices.AmountBand
    )
    days = models.JSONField(_("giorni per fase"), default=dict)
    total_days = models.PositiveIntegerField(_("giorni in tutto"))
    bidders = models.PositiveSmallIntegerField(_("offerte arrivate"), null=True, blank=True)
    discount = models.DecimalField(
        _("ribasso"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    criterion = models.CharField(
        _("criterio"), max_length=12, choices=choices.Criterion, blank=True
    )
    appeals = models.PositiveSmallIntegerField(_("ricorsi"), null=True, blank=True)
    closed_on = models.DateField(_("chiusa il"))
    models_used = models.ManyToManyField(
        "library.Entry", blank=True, related_name="+", db_table="dossier_shared_tender_model"
    )

    class Meta:
        db_table = "dossier_shared_tender"
        verbose_name = _("gara condivisa")
        verbose_name_plural = _("gare condivise")
        indexes = [models.Index(fields=["division", "amount_band"], name="shared_tender_like")]

    def __str__(self) -> str:
        return str(self.entry)
