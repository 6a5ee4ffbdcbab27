"""Searches that found nothing: what the network still lacks."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EmptySearchQuerySet(models.QuerySet["EmptySearch"]):
    def answered(self) -> Self:
        return self.filter(state=EmptySearch.State.ANSWERED)

    def holding(self, words: str) -> Self:
        """Rows with every one of these words."""
        found = self
        for word in words.casefold().split():
            found = found.filter(words__contains=word)
        return found

    def by_weight(self) -> Self:
        """What most people looked for first, then what was looked for last."""
        return self.order_by("-count", "-last_seen_on", "pk")


class EmptySearch(models.Model):
    """Words that no card has all of, how often they were looked for, and the card that answers.

    `key` is their stems in alphabetical order: «mense per anziani» and «anziani mensa» are one
    row. `partial` says that some cards have some of the words. `answer_key` names the card that an
    editor found or had written: whoever looks for the same words again is shown it, if they may
    read it.

    Personal data: words may hold a name that somebody typed, never who typed it; what looks like
    an e-mail address, a fiscal code, an IBAN or a telephone number is not written down at all.
    Rows that nobody took up go 180 days after they were last looked for.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Da guardare")
        ANSWERED = "answered", _("Con risposta")
        IGNORED = "ignored", _("Messa da parte")

    key = models.CharField(max_length=200, unique=True)
    words = models.CharField(_("parole"), max_length=200)
    partial = models.BooleanField(default=False)
    count = models.PositiveIntegerField(_("volte"), default=0)
    first_seen_on = models.DateField()
    last_seen_on = models.DateField()
    state = models.CharField(_("stato"), max_length=10, choices=State, default=State.OPEN)
    assigned_to = models.ForeignKey(
        "registry.Person",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("se ne occupa"),
    )
    answer_key = models.CharField(max_length=80, blank=True)

    objects = EmptySearchQuerySet.as_manager()

    class Meta:
        db_table = "search_empty_search"
        verbose_name = _("ricerca senza risultati")
        verbose_name_plural = _("ricerche senza risultati")
        indexes = [models.Index(fields=["state", "-count"], name="empty_search_by_weight")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="answered") ^ Q(answer_key=""),
                name="an_answered_search_has_its_answer",
            )
        ]

    def __str__(self) -> str:
        return self.words
