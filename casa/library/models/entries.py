"""An entry: one card that lasts, whose text lives in versions."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casa.library.models import choices
from casa.library.models.audiences import readable_by, writable_by
from casa.library.models.versions import Version
from casa.registry.actor import Actor


class Tag(models.Model):
    """A free word that groups entries across kinds; the network manager keeps the list short.

    Personal data: none
    """

    name = models.CharField(_("nome"), max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)

    class Meta:
        db_table = "library_tag"
        verbose_name = _("etichetta")
        verbose_name_plural = _("etichette")

    def __str__(self) -> str:
        return self.name


class EntryQuerySet(models.QuerySet["Entry"]):
    def published(self) -> Self:
        return self.exclude(current=None)

    def offered(self) -> Self:
        """Published and not withdrawn: what lists and search offer."""
        return self.published().filter(withdrawn_at=None)

    def visible_to(self, actor: Actor) -> Self:
        """The one place that says who may read an entry.

        Published entries by their audience; drafts by those who write for the body; what waits
        for review also by the reviewers of its Province and of the network.
        """
        published = Q(current__isnull=False) & readable_by(actor, "body_id")
        asked = Version.objects.filter(Version.objects.all().asked_of(actor)).values("entry_id")
        return self.filter(published | writable_by(actor) | Q(pk__in=asked))


class Entry(models.Model):
    """One card of the library: a procedure, a model, a clause, a practice that a body shares.

    An entry is a name that lasts and belongs to an office; its text lives in numbered versions.
    It has a date to confirm (`review_by`). A withdrawn entry keeps its address, with the reason
    and, where there is one, the successor; nothing new may be made from it. What came
    from another installation (`is_received`) is changed by its bundles only.

    Personal data: none (who made it stands in the trail and in the versions)
    """

    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(_("tipo"), max_length=24, choices=choices.Kind)
    title = models.CharField(_("titolo"), max_length=200)
    object = models.TextField(_("a che cosa serve"), max_length=1000)
    pillar = models.ForeignKey(
        "registry.Pillar",
        on_delete=models.PROTECT,
        related_name="entries",
        verbose_name=_("pilastro"),
    )
    procedure_type = models.CharField(
        _("procedura"), max_length=32, choices=choices.ProcedureType, blank=True
    )
    contract_type = models.CharField(
        _("tipo di contratto"), max_length=12, choices=choices.ContractType, blank=True
    )
    criterion = models.CharField(
        _("criterio di aggiudicazione"), max_length=14, choices=choices.Criterion, blank=True
    )
    amount_band = models.CharField(
        _("fascia di importo"), max_length=12, choices=choices.AmountBand, blank=True
    )
    phase = models.CharField(_("fase"), max_length=12, choices=choices.Phase, blank=True)
    cpv_codes = ArrayField(
        models.CharField(max_length=8, validators=[RegexValidator(r"^\d{8}$")]),
        default=list,
        blank=True,
        verbose_name=_("codici CPV"),
    )
    norms = ArrayField(
        models.CharField(max_length=120),
        default=list,
        blank=True,
        verbose_name=_("norme citate"),
    )
    tags = models.ManyToManyField(
        Tag, blank=True, related_name="entries", db_table="library_entry_tag"
    )
    licence = models.CharField(
        _("licenza"), max_length=14, choices=choices.Licence, default=choices.Licence.CC_BY
    )
    audience = models.CharField(_("chi può leggerla"), max_length=8, choices=choices.Audience)
    body = models.ForeignKey("registry.Body", on_delete=models.PROTECT, related_name="entries")
    office = models.ForeignKey("registry.Office", on_delete=models.PROTECT, related_name="entries")
    current = models.ForeignKey(
        "library.Version", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    review_by = models.DateField(_("da riconfermare entro"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField(_("motivo del ritiro"), max_length=1000, blank=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    is_received = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        db_table = "library_entry"
        verbose_name = _("scheda")
        verbose_name_plural = _("schede")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawal_reason=""),
                name="withdrawn_entry_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=models.F("pk")),
                name="entry_does_not_succeed_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "kind"], name="entry_of_body"),
            models.Index(fields=["audience", "kind"], name="entry_by_audience"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("library:entry", args=[self.slug])

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_overdue(self) -> bool:
        """Published, and past the day by which its office was to say that it still holds."""
        asked = self.review_by if self.current_id and not self.is_withdrawn else None
        return asked is not None and asked < timezone.localdate()
