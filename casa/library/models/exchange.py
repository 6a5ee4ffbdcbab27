"""Exchange with other installations: whom we trust, what arrived, and what came from elsewhere."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class InstallationQuerySet(models.QuerySet["Installation"]):
    def trusted(self) -> "InstallationQuerySet":
        """Those whose bundles are taken today."""
        return self.filter(is_own=False, ended_at=None)


class Installation(models.Model):
    """A Casa dei Comuni: this one (`is_own`), or another whose signed bundles we take.

    `uid` is what others know it by for ever; the key may change, by a person's act. `body` owns
    here what comes from bodies that we don't know.

    Personal data: who trusted it and who ended that; kept as long as texts of it are here
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    name = models.CharField(_("nome"), max_length=120, unique=True)
    public_key = models.CharField(max_length=44, blank=True)
    is_own = models.BooleanField(default=False)
    trusted_at = models.DateTimeField(null=True, blank=True)
    trusted_by = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    body = models.OneToOneField(
        "registry.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = InstallationQuerySet.as_manager()

    class Meta:
        db_table = "library_installation"
        verbose_name = _("installazione")
        verbose_name_plural = _("installazioni")
        constraints = [
            models.UniqueConstraint(
                fields=["is_own"], condition=Q(is_own=True), name="one_own_installation"
            ),
            models.CheckConstraint(
                condition=Q(is_own=True) ^ Q(trusted_at__isnull=False),
                name="other_installations_are_trusted_by_an_act",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Arrival(models.Model):
    """An entry that came from another installation, under the key it has there.

    `prints` holds the digest of each version as its manifest told it: a number never gets another
    text. `source` is what the entry was adapted from, also where that is not here (yet), and
    `follows` the number of the source's version that each version follows.

    Personal data: none
    """

    entry = models.OneToOneField("library.Entry", on_delete=models.CASCADE, related_name="arrival")
    installation = models.ForeignKey(
        Installation, on_delete=models.PROTECT, related_name="arrivals"
    )
    key = models.SlugField(max_length=120)
    body_name = models.CharField(max_length=200)
    prints = models.JSONField(default=dict)
    source = models.JSONField(null=True, blank=True)
    follows = models.JSONField(default=dict, blank=True)

    class Meta:
        db_table = "library_arrival"
        verbose_name = _("scheda arrivata da un'altra installazione")
        verbose_name_plural = _("schede arrivate da altre installazioni")
        constraints = [
            models.UniqueConstraint(fields=["installation", "key"], name="one_arrival_per_key")
        ]

    def __str__(self) -> str:
        return f"{self.installation}: {self.key}"


class Bundle(models.Model):
    """A signed bundle that was read and waits for a person, is being brought in, or was.

    The file goes when the bundle was brought in, or after a week without a decision.

    Personal data: who brought it in; kept five years, like the trail.
    """

    class State(models.TextChoices):
        READ = "read", _("Da decidere")
        WORKING = "working", _("In lavorazione")
        DONE = "done", _("Portato in biblioteca")
        LAPSED = "lapsed", _("Lasciato cadere")

    name = models.CharField(_("nome del file"), max_length=255)
    stored = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64)
    installation = models.ForeignKey(Installation, on_delete=models.PROTECT, related_name="bundles")
    made_at = models.DateTimeField()
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    publishes = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.READ)
    problem = models.CharField(max_length=600, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "library_bundle"
        verbose_name = _("pacchetto")
        verbose_name_plural = _("pacchetti")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("library:bundle", args=[self.pk])

    @property
    def waits(self) -> bool:
        return self.state == self.State.READ


class BundleLine(models.Model):
    """What a bundle says of one entry, and what became of it.

    Personal data: none
    """

    class Outcome(models.TextChoices):
        NEW = "new", _("Nuova")
        NEWER = "newer", _("Versione più recente")
        THERE = "there", _("C'è già")
        REFUSED = "refused", _("Rifiutata")
        PROPOSED = "proposed", _("In revisione")
        PUBLISHED = "published", _("Pubblicata")

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    sentence = models.CharField(max_length=600, blank=True)
    entry = models.ForeignKey(
        "library.Entry", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        db_table = "library_bundle_line"
        verbose_name = _("riga di un pacchetto")
        verbose_name_plural = _("righe di un pacchetto")
        constraints = [
            models.UniqueConstraint(fields=["bundle", "position"], name="bundle_line_once")
        ]

    def __str__(self) -> str:
        return self.title
