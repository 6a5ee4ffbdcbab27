"""What offices owe: «tocca a…»."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casa.registry.actor import Actor
from casa.registry.models import Mandate

WORKERS = (Mandate.Role.AUTHOR, Mandate.Role.REVIEWER, Mandate.Role.ADMINISTRATOR)


class DutyQuerySet(models.QuerySet["Duty"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the bodies the actor works for: whoever is there may do them."""
        return self.filter(office__body_id__in=actor.bodies_as(*WORKERS))

    def open(self) -> Self:
        return self.filter(done_at=None)

    def overdue(self, *, on: date) -> Self:
        return self.open().filter(due_on__lt=on)

    def soonest_first(self) -> Self:
        return self.order_by(models.F("due_on").asc(nulls_last=True), "created_at", "pk")


class Duty(models.Model):
    """An act that an office owes: take a change of the source, confirm a text, answer a proposal.

    Of one kind about one thing an office has one open duty: what comes on top is added to it. It
    belongs to the office, so nobody takes it along. `notes` are lines a page shows below the title
    (which of our clauses are touched). It is settled by the act itself, here or in its own room,
    with the outcome in words. `reminders` are the days on which somebody was reminded.

    Personal data: none (who settled it stands in the trail)
    """

    office = models.ForeignKey("registry.Office", on_delete=models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    title = models.CharField(_("che cosa fare"), max_length=300)
    notes = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    url = models.CharField(max_length=300)
    action = models.CharField(_("pulsante"), max_length=60)
    due_on = models.DateField(_("entro il"), null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    reminders = ArrayField(models.DateField(), default=list, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        db_table = "notices_duty"
        verbose_name = _("adempimento")
        verbose_name_plural = _("adempimenti")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind", "key"],
                condition=Q(done_at=None),
                name="one_open_duty_per_thing",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | ~Q(outcome=""), name="a_settled_duty_has_an_outcome"
            ),
        ]
        indexes = [
            models.Index(fields=["office", "due_on"], condition=Q(done_at=None), name="duties_open")
        ]

    def __str__(self) -> str:
        return self.title
