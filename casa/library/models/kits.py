"""Kits: ordered sets of what one case needs, from the library and from any other room."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casa.library.models import choices
from casa.library.models.audiences import readable_by, writable_by
from casa.registry.actor import Actor
from casa.registry.models import Mandate


class KitQuerySet(models.QuerySet["Kit"]):
    def offered(self) -> Self:
        """Published and not withdrawn: what lists and search offer."""
        return self.filter(state=Kit.State.PUBLISHED)

    def visible_to(self, actor: Actor) -> Self:
        """The one place that says who may read a kit: published or withdrawn ones by audience,
        open ones by those who write for the body, what waits for review by those asked."""
        closed = Q(state__in=("published", "withdrawn")) & readable_by(actor, "body_id")
        return self.filter(closed | writable_by(actor) | self.asked_of(actor))

    def reviewable_by(self, actor: Actor) -> Self:
        """Kits in review that this actor may review: never what one had a hand in."""
        return self.filter(self.asked_of(actor)).exclude(editor_ids__contains=[actor.id])

    @staticmethod
    def asked_of(actor: Actor) -> Q:
        """In review, and the actor reviews for the body, for its Province or for the network."""
        in_review = Q(state="in_review")
        if actor.is_network_reviewer:
            return in_review
        bodies = actor.bodies_as(Mandate.Role.REVIEWER)
        return in_review & (Q(body_id__in=bodies) | Q(body__province_body_id__in=bodies))


class Kit(models.Model):
    """An ordered set for one case: models, procedures, clauses, practices, courses.

    Draft → in review → published, or returned with reasons; withdrawn at the end, with the
    reason. A published kit is reopened to change it: it leaves the lists until it is published
    again with the next number. It holds no text of its own; what it names keeps its own versions.
    None of `editor_ids`, the persons who had a hand in it, reviews it.

    Personal data: author and reviewer, shown to members; kept while the kit is.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Bozza")
        IN_REVIEW = "in_review", _("In revisione")
        RETURNED = "returned", _("Da correggere")
        PUBLISHED = "published", _("Pubblicato")
        WITHDRAWN = "withdrawn", _("Ritirato")

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(_("titolo"), max_length=200)
    object = models.TextField(_("per quale caso"), max_length=1000)
    pillar = models.ForeignKey(
        "registry.Pillar", on_delete=models.PROTECT, related_name="+", verbose_name=_("pilastro")
    )
    body = models.ForeignKey("registry.Body", on_delete=models.PROTECT, related_name="kits")
    office = models.ForeignKey(
        "registry.Office", on_delete=models.PROTECT, related_name="+", verbose_name=_("ufficio")
    )
    audience = models.CharField(_("chi può leggerlo"), max_length=8, choices=choices.Audience)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    number = models.PositiveIntegerField(_("numero"), default=1)
    author = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    editor_ids = ArrayField(models.BigIntegerField(), default=list)
    reviewer = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(_("motivo"), max_length=2000, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    review_by = models.DateField(_("da riconfermare entro"), null=True, blank=True)
    created_at = models.DateTimeField()

    objects = KitQuerySet.as_manager()

    class Meta:
        db_table = "library_kit"
        verbose_name = _("kit")
        verbose_name_plural = _("kit")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=("returned", "withdrawn")) | ~Q(reason=""),
                name="returned_or_withdrawn_kit_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | (Q(published_at__isnull=False) & Q(review_by__isnull=False)),
                name="published_kit_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(audience="body")
                | Q(reviewer__isnull=False) & ~Q(reviewer=models.F("author")),
                name="shared_kit_was_seen_by_another_person",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("library:kit", args=[self.slug])

    @property
    def is_open(self) -> bool:
        """Still being written."""
        return self.state in {Kit.State.DRAFT, Kit.State.RETURNED}

    @property
    def is_published(self) -> bool:
        return self.state == Kit.State.PUBLISHED

    @property
    def is_overdue(self) -> bool:
        """Published, and past the day by which its office was to say that it still holds."""
        return (
            self.is_published
            and self.review_by is not None
            and (self.review_by < timezone.localdate())
        )


class KitItem(models.Model):
    """One thing of a kit, in its place: an entry (its current version, or a pinned one), or
    whatever has a card of search, by its key `room:kind:id`. `note` says what it is for.

    Personal data: none
    """

    kit = models.ForeignKey(Kit, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    entry = models.ForeignKey(
        "library.Entry", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.ForeignKey(
        "library.Version", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    key = models.CharField(max_length=80, blank=True)
    label = models.CharField(_("nome"), max_length=300, blank=True)
    note = models.CharField(_("a che cosa serve"), max_length=500, blank=True)

    class Meta:
        db_table = "library_kit_item"
        verbose_name = _("elemento del kit")
        verbose_name_plural = _("elementi del kit")
        constraints = [
            models.UniqueConstraint(
                fields=["kit", "position"],
                name="kit_item_position_unique",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(entry__isnull=False) ^ ~Q(key=""), name="kit_item_is_entry_or_key"
            ),
            models.CheckConstraint(
                condition=Q(version=None) | Q(entry__isnull=False),
                name="pinned_version_has_its_entry",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class KitTally(models.Model):
    """Views and downloads of one kit on one day.

    Personal data: none (no address, no person, no session)
    """

    kit = models.ForeignKey(Kit, on_delete=models.CASCADE, related_name="tallies")
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)
    downloads = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "library_kit_tally"
        constraints = [models.UniqueConstraint(fields=["kit", "day"], name="one_kit_tally_per_day")]

    def __str__(self) -> str:
        return f"#{self.pk}"
