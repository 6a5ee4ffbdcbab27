"""One tender, from the need to the contract."""

from datetime import date, datetime
from typing import Any, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casa.guide.choosing import LEVELS
from casa.guide.choosing.advice import LABELS, WHO_LABELS
from casa.library.models import choices
from casa.registry.actor import Actor

CIG = RegexValidator(r"^[A-Z0-9]{10}$", _("Il CIG ha dieci caratteri, per esempio B1A2C3D4E5."))
CUP = RegexValidator(r"^[A-Z]\d{2}[A-Z0-9]{12}$", _("Il CUP ha quindici caratteri."))
CUI = RegexValidator(r"^[LSF]\d{11}\d{9}$", _("Il CUI ha una lettera (L, S o F) e venti cifre."))


class DossierQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """Dossiers of the actor's bodies, whichever of the two they are."""
        mine = Q(case__office__body__in=actor.body_ids) | Q(case__supporter__in=actor.body_ids)
        return self.filter(mine) if actor.body_ids else self.none()


class Dossier(models.Model):
    """One purchase of a body, with what the guide said of it and how far it has come.

    `delegated` says that the supporter of its case runs the award. `qualification` is what the body
    said of itself to the guide, empty where nobody asked; the cases of the need stand beside it. A
    published dossier is frozen: only a corrigendum changes it; a closed one changes only once it is
    opened again.

    Personal data: the two officers (project managers), as long as the dossier is kept.
    """

    class Stage(models.TextChoices):
        PREPARING = "preparing", _("In preparazione")
        PUBLISHED = "published", _("Pubblicata, si aspettano le offerte")
        EVALUATING = "evaluating", _("Offerte in valutazione")
        AWARDED = "awarded", _("Aggiudicata")
        SIGNED = "signed", _("Contratto firmato")
        CLOSED = "closed", _("Chiuso")

    case = models.OneToOneField("casework.Case", on_delete=models.CASCADE, related_name="dossier")
    kind = models.CharField(_("tipo"), max_length=12, choices=choices.ContractType)
    amount = models.DecimalField(_("importo senza IVA"), max_digits=14, decimal_places=2)
    cpv = models.CharField(_("CPV"), max_length=10, blank=True)
    notice_on = models.DateField(_("giorno previsto del bando o degli inviti"))
    qualification = models.CharField(
        _("qualificazione dell'ente"),
        max_length=4,
        choices=[("none", _("nessuna")), *((one, one.upper()) for one in LEVELS[1:])],
        blank=True,
    )
    urgent = models.BooleanField(_("urgenza"), default=False)
    pnrr = models.BooleanField(_("fondi del PNRR o del PNC"), default=False)
    cross_border = models.BooleanField(_("interesse transfrontaliero certo"), default=False)
    social = models.BooleanField(_("servizio sociale o assimilato"), default=False)
    needed_by = models.DateField(_("contratto voluto entro"), null=True, blank=True)
    procedure = models.CharField(_("procedura"), max_length=32, choices=list(LABELS.items()))
    procedure_why = models.TextField(_("perché questa procedura"), max_length=1000)
    who = models.CharField(_("chi fa la gara"), max_length=16, choices=list(WHO_LABELS.items()))
    who_why = models.TextField(_("perché"), max_length=1000)
    cig = models.CharField("CIG", max_length=10, blank=True, validators=[CIG])
    cup = models.CharField("CUP", max_length=15, blank=True, validators=[CUP])
    cui = models.CharField("CUI", max_length=21, blank=True, validators=[CUI])
    rup = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("responsabile del progetto (RUP)"),
    )  # fmt: skip
    award_officer = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("RUP dell'affidamento nella SUA"),
    )  # fmt: skip
    stage = models.CharField(
        _("a che punto è"), max_length=12, choices=Stage, default=Stage.PREPARING
    )
    published_on = models.DateField(_("pubblicata il"), null=True, blank=True)
    offers_due_at = models.DateTimeField(_("offerte entro"), null=True, blank=True)
    commission_on = models.DateField(_("commissione nominata il"), null=True, blank=True)
    verified_on = models.DateField(_("requisiti verificati il"), null=True, blank=True)
    awarded_on = models.DateField(_("aggiudicata il"), null=True, blank=True)
    signed_on = models.DateField(_("contratto firmato il"), null=True, blank=True)
    closed_on = models.DateField(_("chiuso il"), null=True, blank=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        db_table = "dossier_dossier"
        verbose_name = _("fascicolo")
        verbose_name_plural = _("fascicoli")
        constraints = [
            models.CheckConstraint(
                name="a_published_tender_has_cig_and_deadline",
                condition=Q(published_on=None) | (~Q(cig="") & Q(offers_due_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_closed_tender_has_its_day",
                condition=Q(stage="closed") ^ Q(closed_on=None),
            ),
            models.CheckConstraint(
                name="an_award_follows_the_verification",
                condition=Q(awarded_on=None)
                | Q(verified_on__isnull=False, awarded_on__gte=models.F("verified_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.case.title

    @property
    def is_frozen(self) -> bool:
        """Whether the notice is out: from then on only a corrigendum changes anything."""
        return self.published_on is not None

    @property
    def is_closed(self) -> bool:
        """Whether nothing of it changes any more, until it is opened again."""
        return self.closed_on is not None

    @property
    def is_direct(self) -> bool:
        """Whether no offers are waited for: a direct award or an order."""
        return self.procedure in ("direct_award", "framework_call_off")

    @property
    def is_delegated(self) -> bool:
        """Whether the supporter runs the award."""
        return self.case.supporter_id is not None

    @property
    def award_body_id(self) -> int:
        """The body that runs the award."""
        return self.case.supporter_id or self.case.office.body_id

    @property
    def since(self) -> date:
        """The day from which it has been where it is."""
        closed = self.offers_due_at and timezone.localdate(self.offers_due_at)
        days = {
            self.Stage.PUBLISHED: self.published_on,
            self.Stage.EVALUATING: closed,
            self.Stage.AWARDED: self.awarded_on,
            self.Stage.SIGNED: self.signed_on,
            self.Stage.CLOSED: self.closed_on,
        }
        return days.get(self.Stage(self.stage)) or timezone.localdate(self.case.opened_at)

    def standing(self, now: datetime) -> str:
        """Where it is, in words: a published tender waits for offers until their deadline."""
        waits = self.stage == self.Stage.PUBLISHED
        if waits and self.offers_are_closed(now):
            return str(_("Offerte chiuse, si nomina la commissione"))
        return str(self.get_stage_display())

    def offers_are_closed(self, now: datetime) -> bool:
        """Whether the deadline for offers has passed."""
        return self.offers_due_at is not None and now >= self.offers_due_at
