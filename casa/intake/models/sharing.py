"""What a person decided before a file is shared, and the cleaned copy that came of it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from casa.drafting.personal import LABELS
from casa.intake.models.uploads import Upload


class CleanedCopyQuerySet(models.QuerySet["CleanedCopy"]):
    def waiting(self) -> Self:
        return self.filter(state=CleanedCopy.State.WAITING)

    def done(self) -> Self:
        return self.filter(state=CleanedCopy.State.DONE)

    def without_copy(self) -> Self:
        """Asked for and never made."""
        return self.filter(copy=None)

    def newest_first(self) -> Self:
        return self.order_by("-requested_at", "-pk")


class CleanedCopy(models.Model):
    """A copy to share of an upload: a person asks, the worker makes it, it is inspected.

    `removed` counts what went by kind, `dropped` and `warned` are codes of the drafting table: no
    value stands in them. The copy goes its own way when the original is deleted.

    Personal data: who asked. `extra` holds words that the person wants out of the copy: emptied
    as soon as the copy is there. One that never came goes after 30 days, a made one with its copy.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("In preparazione")
        DONE = "done", _("Pronta")
        FAILED = "failed", _("Non riuscita")

    original = models.ForeignKey(
        Upload, on_delete=models.SET_NULL, null=True, related_name="cleaned_copies"
    )
    copy = models.OneToOneField(
        Upload, on_delete=models.CASCADE, null=True, related_name="cleaned_from"
    )
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("nome della copia"), max_length=255)
    extra = models.TextField(_("altre parole da togliere"), blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(_("perché non è riuscita"), max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    removed = models.JSONField(default=list)
    dropped = models.JSONField(default=list)
    warned = models.JSONField(default=list)
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = CleanedCopyQuerySet.as_manager()

    class Meta:
        db_table = "intake_cleaned_copy"
        verbose_name = _("copia ripulita")
        verbose_name_plural = _("copie ripulite")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done", extra="", copy__isnull=False)
                | (~Q(state="done") & Q(copy__isnull=True)),
                name="done_copy_is_there_and_keeps_no_words",
            ),
            models.CheckConstraint(
                condition=Q(state="failed") ^ Q(reason=""), name="failed_copy_has_a_reason"
            ),
            models.UniqueConstraint(
                fields=["original"], condition=Q(state="waiting"), name="one_copy_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SharingDecision(models.Model):
    """What a person decided of one personal datum of the original: it stays, and why, or it goes.

    `digest` finds the datum again in the original by a key that is made from the original's token:
    once the original is deleted it means nothing. `places` counts where the value stands.

    Personal data: `value`, only of what stays and so stands in the copy; a value that goes is
    never stored. Decisions go with their `CleanedCopy`.
    """

    class Action(models.TextChoices):
        REMOVE = "remove", _("Togli")
        KEEP = "keep", _("Tieni")

    class Why(models.TextChoices):
        ROLE = "role", _("è il nome o il recapito di chi firma l'atto o ne risponde")
        OFFICE = "office", _("è il recapito di un ufficio o di un ente")
        FIRM = "firm", _("è di un'impresa o di un professionista nominato per il suo incarico")
        LAW = "law", _("una norma ne impone la pubblicazione")
        EXAMPLE = "example", _("è un dato inventato, che fa da esempio")
        MISTAKE = "mistake", _("non è un dato personale: il controllo si è sbagliato")
        OTHER = "other", _("altro motivo")

    class Rule(models.TextChoices):
        OFFICE_MAIL = "office-mail", _("posta e PEC di enti e uffici sono pubbliche")
        OFFICE_PHONE = "office-phone", _("i numeri fissi e quelli dati da un ufficio sono pubblici")
        PUBLIC_ROLE = "public-role", _("il nome di chi firma o risponde dell'atto è pubblico")
        SEAT = "seat", _("la sede di un ufficio e il luogo dei lavori sono pubblici")
        FIRM = "firm", _("la partita IVA di un'impresa è pubblica")
        ACCOUNT = "account", _("il conto di un ente è pubblico")
        PUBLIC = "public", _("gli enti pubblicano questo dato")

    cleaned = models.ForeignKey(CleanedCopy, on_delete=models.CASCADE, related_name="decisions")
    kind = models.SlugField(max_length=20)
    level = models.CharField(max_length=10)
    is_valid = models.BooleanField()
    place = models.CharField(max_length=200)
    places = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    action = models.CharField(max_length=6, choices=Action)
    value = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=8, choices=Why, blank=True)
    words = models.CharField(max_length=300, blank=True)
    rule = models.CharField(max_length=12, choices=Rule, blank=True)

    class Meta:
        db_table = "intake_sharing_decision"
        verbose_name = _("decisione su un dato personale")
        verbose_name_plural = _("decisioni sui dati personali")
        constraints = [
            models.UniqueConstraint(fields=["cleaned", "digest"], name="datum_decided_once"),
            models.CheckConstraint(
                condition=Q(action="keep") | Q(value=""), name="what_goes_is_not_stored"
            ),
            models.CheckConstraint(
                condition=Q(action="remove") | ~Q(why="") | ~Q(rule=""), name="what_stays_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(why="other") | ~Q(words=""), name="another_reason_is_told"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.kind}"

    @property
    def kind_label(self) -> str:
        """The kind in Italian words."""
        return next((label for kind, label in LABELS.items() if kind == self.kind), self.kind)

    @property
    def reason(self) -> str:
        """Why it stays, in words; nothing for what goes."""
        if self.rule:
            return _now("per regola: {rule}").format(rule=self.get_rule_display())
        if self.why in ("", SharingDecision.Why.OTHER):
            return self.words
        said = str(self.get_why_display())
        return f"{said} ({self.words})" if self.words else said
