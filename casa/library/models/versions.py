"""Numbered versions of an entry, and the files of each."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.library.models import choices
from casa.library.models.audiences import readable_by, writable_by
from casa.registry.actor import Actor
from casa.registry.models import Mandate


class VersionQuerySet(models.QuerySet["Version"]):
    def visible_to(self, actor: Actor) -> Self:
        """Published versions by their own audience; open ones by those who write or review them."""
        published = Q(state="published") & readable_by(actor)
        return self.filter(published | writable_by(actor, "entry__") | self.asked_of(actor))

    def reviewable_by(self, actor: Actor) -> Self:
        """Versions in review that this actor may review: never what one had a hand in."""
        return self.filter(self.asked_of(actor)).exclude(editor_ids__contains=[actor.id])

    @staticmethod
    def asked_of(actor: Actor) -> Q:
        """In review, and the actor reviews for the body, for its Province or for the network."""
        in_review = Q(state="in_review")
        if actor.is_network_reviewer:
            return in_review
        bodies = actor.bodies_as(Mandate.Role.REVIEWER)
        own = Q(entry__body_id__in=bodies) | Q(entry__body__province_body_id__in=bodies)
        return in_review & own

    def published(self) -> Self:
        return self.filter(state=Version.State.PUBLISHED)

    def in_review(self) -> Self:
        return self.filter(state=Version.State.IN_REVIEW)

    def newest_first(self) -> Self:
        return self.order_by("-number")


class Version(models.Model):
    """One numbered text of an entry, with what changed, why and from when.

    Draft → in review → published, or returned to its author with reasons. Once published it
    never changes: the database refuses (a trigger made by the migration). To correct it,
    publish another. `editor_ids` are all the persons who had a hand in it, the author first: none
    of them reviews it.

    Personal data: author and reviewer, shown to members; kept while the version is citable.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Bozza")
        IN_REVIEW = "in_review", _("In revisione")
        RETURNED = "returned", _("Da correggere")
        PUBLISHED = "published", _("Pubblicata")

    entry = models.ForeignKey("library.Entry", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("numero"))
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    changes = models.TextField(_("che cosa cambia"), max_length=2000)
    why = models.TextField(_("perché"), max_length=2000)
    effective_on = models.DateField(_("vale dal"))
    audience = models.CharField(
        _("chi può leggerla"),
        max_length=8,
        choices=choices.Audience,
        default=choices.Audience.PUBLIC,
    )
    author = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    editor_ids = ArrayField(models.BigIntegerField(), default=list)
    edited_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    reviewer = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField(blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        db_table = "library_version"
        verbose_name = _("versione")
        verbose_name_plural = _("versioni")
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="version_number_unique"),
            models.UniqueConstraint(
                fields=["entry"],
                condition=~Q(state="published"),
                name="one_open_version_per_entry",
            ),
            models.CheckConstraint(
                condition=Q(state="published") ^ Q(published_at=None),
                name="version_published_iff_dated",
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(entry)s, versione %(number)s") % {
            "entry": self.entry,
            "number": self.number,
        }

    def get_absolute_url(self) -> str:
        return reverse("library:version", args=[self.entry.slug, self.number])


class VersionFile(models.Model):
    """A file of a version: the main text, or an annex of it.

    Personal data: none of its own (see `intake.Upload`)
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="files")
    upload = models.OneToOneField(
        "intake.Upload", on_delete=models.PROTECT, related_name="version_file"
    )
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        db_table = "library_version_file"
        verbose_name = _("file della versione")
        verbose_name_plural = _("file della versione")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"],
                name="version_file_position_unique",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_main(self) -> bool:
        return self.position == 1
