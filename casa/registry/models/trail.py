"""The trail of acts (registro delle attività)."""

from typing import Protocol, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Value
from django.utils.translation import gettext_lazy as _

from casa.registry.models.mandates import Mandate


class TrailReader(Protocol):
    """What the trail must know of an actor (see `casa.registry.actor`)."""

    @property
    def is_network_manager(self) -> bool: ...

    def bodies_as(self, *roles: Mandate.Role) -> frozenset[int]: ...


class TrailQuerySet(models.QuerySet["TrailLine"]):
    def visible_to(self, actor: TrailReader) -> Self:
        """Network managers read every line, administrators those of their bodies."""
        if actor.is_network_manager:
            return self.all()
        return self.filter(body__in=actor.bodies_as(Mandate.Role.ADMINISTRATOR))

    def about(self, words: str) -> Self:
        """Lines whose subject's name holds every word, accents and capitals aside."""
        found = self.annotate(sortable=Func(F("subject_name"), function="casa_sortable"))
        for word in words.split():
            found = found.filter(sortable__contains=Func(Value(word), function="casa_sortable"))
        return found


class TrailLine(models.Model):
    """Who did what to which object, when and for which body. Written once, never changed.

    The database itself refuses to change a line, and to delete one within five years (a trigger
    made by the migrations); then a daily job does (`services.retention`).

    Personal data: who acted and, for log-ins, the network address; kept five years.
    """

    at = models.DateTimeField(_("quando"))
    person = models.ForeignKey(
        "registry.Person",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("chi"),
    )
    body = models.ForeignKey(
        "registry.Body",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("per quale ente"),
    )
    act = models.CharField(_("atto"), max_length=80)
    subject_key = models.CharField(_("oggetto"), max_length=80)
    subject_name = models.CharField(_("nome dell'oggetto"), max_length=300, blank=True)
    details = models.JSONField(_("dettagli"), default=dict, blank=True)

    objects = TrailQuerySet.as_manager()

    class Meta:
        db_table = "registry_trail"
        verbose_name = _("riga del registro")
        verbose_name_plural = _("registro delle attività")
        indexes = [
            models.Index(fields=["subject_key", "-at"], name="trail_of_subject"),
            models.Index(fields=["body", "-at"], name="trail_of_body"),
            models.Index(fields=["-at"], name="trail_by_time"),
            GinIndex(
                OpClass(Func(F("subject_name"), function="casa_sortable"), name="gin_trgm_ops"),
                name="trail_by_words",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.act}"
