"""Who may act for whom, and from when to when."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casa.registry.models.territory import date_span


def lasting(*, on: date) -> Q:
    """Whatever holds on that day, both ends included."""
    return Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on))


class DatedQuerySet(models.QuerySet["Mandate"]):
    def in_force(self, *, on: date) -> Self:
        """Mandates that hold on that day and are not suspended."""
        return self.filter(lasting(on=on), suspended_on=None)


class NetworkRoleQuerySet(models.QuerySet["NetworkRole"]):
    def in_force(self, *, on: date) -> Self:
        """Network roles that hold on that day."""
        return self.filter(lasting(on=on))


class Mandate(models.Model):
    """A person acts for an office of a body, in one role, from one day to another (included).

    Rights come from mandates and from nothing else. A person may hold several; the same role
    in the same body is never held twice on one day. A suspended mandate gives no right. It was
    `confirmed_on` the day an administrator last said that it is still needed. Its person was
    `warned_on` a day that they had not come in for a year, and `asked_back_on` another for what was
    suspended (`services.silence`).

    Personal data: the tie between a person and a body; kept five years from its end.
    """

    class Role(models.TextChoices):
        READER = "reader", _("Lettura")
        AUTHOR = "author", _("Redazione")
        REVIEWER = "reviewer", _("Revisione")
        ADMINISTRATOR = "administrator", _("Amministrazione")

    person = models.ForeignKey(
        "registry.Person",
        on_delete=models.PROTECT,
        related_name="mandates",
        verbose_name=_("persona"),
    )
    body = models.ForeignKey(
        "registry.Body", on_delete=models.PROTECT, related_name="mandates", verbose_name=_("ente")
    )
    office = models.ForeignKey(
        "registry.Office",
        on_delete=models.PROTECT,
        related_name="mandates",
        verbose_name=_("ufficio"),
    )
    role = models.CharField(_("ruolo"), max_length=20, choices=Role)
    starts_on = models.DateField(_("dal"))
    ends_on = models.DateField(_("al"), null=True, blank=True)
    suspended_on = models.DateField(_("sospeso dal"), null=True, blank=True)
    confirmed_on = models.DateField(_("riconfermato il"), null=True, blank=True)
    warned_on = models.DateField(null=True, blank=True)
    asked_back_on = models.DateField(_("chiesto di nuovo il"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        db_table = "registry_mandate"
        verbose_name = _("mandato")
        verbose_name_plural = _("mandati")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="mandate_ends_after_it_starts",
            ),
            ExclusionConstraint(
                name="one_mandate_per_role_and_day",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("body", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (date_span("starts_on", "ends_on", "[]"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["body", "role"], name="mandate_of_body")]

    def __str__(self) -> str:
        return f"{self.person.full_name} ({self.get_role_display()})"


class NetworkRole(models.Model):
    """A person serves the whole network, as manager or as reviewer, from one day to another.

    Personal data: the tie between a person and the network; kept five years from its
    end.
    """

    class Role(models.TextChoices):
        MANAGER = "manager", _("Gestione della rete")
        REVIEWER = "reviewer", _("Revisione di rete")

    person = models.ForeignKey(
        "registry.Person",
        on_delete=models.PROTECT,
        related_name="network_roles",
        verbose_name=_("persona"),
    )
    role = models.CharField(_("ruolo"), max_length=20, choices=Role)
    starts_on = models.DateField(_("dal"))
    ends_on = models.DateField(_("al"), null=True, blank=True)

    objects = NetworkRoleQuerySet.as_manager()

    class Meta:
        db_table = "registry_network_role"
        verbose_name = _("ruolo di rete")
        verbose_name_plural = _("ruoli di rete")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="network_role_ends_after_it_starts",
            ),
            ExclusionConstraint(
                name="one_network_role_a_day",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (date_span("starts_on", "ends_on", "[]"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.full_name} ({self.get_role_display()})"
