"""Files of a dossier that the worker packs, because a request would take too long."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Parcel(models.Model):
    """One file made for one person: the archive, or all the documents in one format.

    It is given to nobody else, and to that person only while what they may read is what it was
    packed with: `rights` is the digest of that, `secret` says that it holds what is reserved until
    the deadline, `weak` that it was asked for before the second factor.

    Personal data: who asked for it and a copy of what they may read of the dossier, for two days.
    """

    class Content(models.TextChoices):
        ARCHIVE = "archive", _("Archivio del fascicolo")
        DOCUMENTS = "documents", _("Tutti i documenti prodotti")

    class State(models.TextChoices):
        WAITING = "waiting", _("In preparazione")
        READY = "ready", _("Pronto")
        FAILED = "failed", _("Non riuscito")

    dossier = models.ForeignKey("dossier.Dossier", on_delete=models.CASCADE, related_name="parcels")
    person = models.ForeignKey("registry.Person", on_delete=models.CASCADE, related_name="+")
    weak = models.BooleanField(default=False)
    content = models.CharField(max_length=9, choices=Content)
    format = models.CharField(max_length=4)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    problem = models.CharField(_("che cosa non è riuscito"), max_length=1000, blank=True)
    file = models.FileField(upload_to="parcels/", max_length=120, blank=True)
    size = models.PositiveBigIntegerField(_("dimensione in byte"), default=0)
    rights = models.CharField(max_length=64, blank=True)
    secret = models.BooleanField(default=False)
    asked_at = models.DateTimeField(_("chiesto il"))
    expires_at = models.DateTimeField(_("scade il"))

    class Meta:
        db_table = "dossier_parcel"
        verbose_name = _("pacco da scaricare")
        verbose_name_plural = _("pacchi da scaricare")
        constraints = [
            models.UniqueConstraint(
                name="one_parcel_of_a_kind_for_a_person",
                fields=["dossier", "person", "content", "format"],
            )
        ]

    def __str__(self) -> str:
        return str(self.get_content_display())

    @property
    def is_waiting(self) -> bool:
        """Whether the worker has it in hand."""
        return self.state == self.State.WAITING

    @property
    def is_ready(self) -> bool:
        """Whether it can be downloaded."""
        return self.state == self.State.READY
