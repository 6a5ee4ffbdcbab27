"""A case: something that one body does, or two bodies together."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casa.registry.actor import Actor


class CaseQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        """Cases of the actor's bodies, whichever of the two they are."""
        mine = Q(office__body__in=actor.body_ids) | Q(supporter__in=actor.body_ids)
        return self.filter(mine) if actor.body_ids else self.none()


class Case(models.Model):
    """A list of steps that belongs to an office; a second body, where there is one, sees it alike.

    Personal data: none
    """

    title = models.CharField(_("titolo"), max_length=200)
    office = models.ForeignKey(
        "registry.Office", on_delete=models.PROTECT, related_name="cases", verbose_name=_("ufficio")
    )
    supporter = models.ForeignKey(
        "registry.Body",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supported_cases",
        verbose_name=_("ente che aiuta"),
    )
    opened_at = models.DateTimeField(_("aperta il"))

    objects = CaseQuerySet.as_manager()

    class Meta:
        db_table = "casework_case"
        verbose_name = _("pratica")
        verbose_name_plural = _("pratiche")

    def __str__(self) -> str:
        return self.title
