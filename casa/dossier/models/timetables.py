"""What offices say of the days of a tender, and who reads them in a calendar of their own."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casa.registry.actor import Actor


class Timetable(models.Model):
    """How the days of a tender are counted: from which day, and what the office changed.

    The days themselves are counted anew each time: what is done stands in the dossier and its
    steps. `chosen` are days and `lasting` durations by the code of a day; `moved` is what the last
    change moved, from when to when and why, so that colleagues read it too.

    Personal data: who changed it last, as long as the dossier is kept.
    """

    dossier = models.OneToOneField(
        "dossier.Dossier", on_delete=models.CASCADE, related_name="timetable"
    )
    backward = models.BooleanField(_("all'indietro dalla firma voluta"), default=False)
    day = models.DateField(_("giorno da cui si conta"))
    urgent = models.BooleanField(_("urgenza motivata"), default=False)
    survey = models.BooleanField(_("con indagine di mercato"), default=False)
    lowest_price = models.BooleanField(_("al prezzo più basso"), default=False)
    prior_notice_on = models.DateField(
        _("avviso di preinformazione mandato il"), null=True, blank=True
    )
    saint_day = models.PositiveSmallIntegerField(_("giorno del patrono"), null=True, blank=True)
    saint_month = models.PositiveSmallIntegerField(_("mese del patrono"), null=True, blank=True)
    chosen = models.JSONField(default=dict, blank=True)
    lasting = models.JSONField(default=dict, blank=True)
    moved = models.JSONField(default=list, blank=True)
    changed = models.CharField(_("che cosa è cambiato"), max_length=300, blank=True)
    saved_by = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, related_name="+", verbose_name=_("da")
    )
    saved_at = models.DateTimeField(_("il"))

    class Meta:
        db_table = "dossier_timetable"
        verbose_name = _("tempi della gara")
        verbose_name_plural = _("tempi delle gare")
        constraints = [
            models.CheckConstraint(
                name="a_patron_saint_has_day_and_month",
                condition=Q(saint_day=None, saint_month=None)
                | Q(saint_day__isnull=False, saint_month__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.dossier)

    @property
    def saint(self) -> tuple[int, int] | None:
        """Day and month of the patron saint."""
        if self.saint_day is None or self.saint_month is None:
            return None
        return self.saint_day, self.saint_month

    @property
    def chosen_days(self) -> dict[str, date]:
        """The days that the office wants, by code."""
        return {code: date.fromisoformat(day) for code, day in self.chosen.items()}


class CalendarFeedQuerySet(models.QuerySet[Any]):
    def of(self, actor: Actor) -> Self:
        """The actor's own: nobody else knows that a person has one."""
        return self.filter(person_id=actor.id) if actor.id else self.none()


class CalendarFeed(models.Model):
    """A secret address at which a person's own calendar program reads the days of their tenders.

    Only a digest of its token is kept: the address is shown once. What it tells is found anew each
    time with the rights that the person has that day.

    Personal data: that a member reads their tenders in a calendar, and since when; read by nobody
    else, kept until the member closes it or their log-in is closed.
    """

    person = models.OneToOneField(
        "registry.Person", on_delete=models.CASCADE, related_name="calendar_feed"
    )
    digest = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField(_("aperto il"))

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        db_table = "dossier_calendar_feed"
        verbose_name = _("calendario personale")
        verbose_name_plural = _("calendari personali")

    def __str__(self) -> str:
        return str(self.person)
