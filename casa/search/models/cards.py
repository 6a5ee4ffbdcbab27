"""Index cards: what search knows. The truth is here; the index follows it."""

from collections.abc import Iterable, Mapping
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Value
from django.utils.translation import gettext_lazy as _

from casa.registry.actor import Actor


class IndexCardQuerySet(models.QuerySet["IndexCard"]):
    def alive(self) -> Self:
        return self.filter(removed=False)

    def visible_to(self, actor: Actor) -> Self:
        """The cards whose audience shares a word with the actor's."""
        return self.alive().filter(audience__overlap=sorted(actor.tokens))

    def titled_like(self, words: Iterable[str]) -> Self:
        """Cards whose title holds every word, accents and capitals aside."""
        found = self.annotate(sortable=Func(F("title"), function="casa_sortable"))
        for word in words:
            found = found.filter(sortable__contains=Func(Value(word), function="casa_sortable"))
        return found

    def having(self, facets: Mapping[str, Iterable[str]]) -> Self:
        """Cards with one of the chosen values of every facet."""
        found = self
        for name, values in facets.items():
            if chosen := list(values):
                found = found.filter(**{f"facets__{name}__has_any_keys": chosen})
        return found

    def changed_after(self, sequence: int) -> Self:
        """The changes that the index has not seen yet, in the order they were committed."""
        return self.filter(sequence__gt=sequence).order_by("sequence")


class IndexCard(models.Model):
    """What search knows of one object: its words, its address, its facets, who may see it.

    Content rooms write cards down through `search.services.file_card` and `withdraw_card`, in
    their own transaction. Each change takes the next number of one sequence, under a lock that
    lasts until the commit: numbers become visible in order, so the follower misses none.
    A withdrawn card stays as an empty tombstone, so that the index can forget it. `clauses` are
    `{key, label, heading, start, end}`: where each article stands in `text`, for the link of a hit.
    `adoptions` says how many bodies made it their own, `confirm_by` until when its owner vouches.

    Personal data: none of its own; the text of a published document may hold some.
    """

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(_("tipo"), max_length=40)
    title = models.CharField(_("titolo"), max_length=300)
    object = models.TextField(_("oggetto"), blank=True)
    text = models.TextField(blank=True)
    clauses = models.JSONField(default=list, blank=True)
    url = models.CharField(max_length=300)
    body = models.ForeignKey("registry.Body", on_delete=models.PROTECT, null=True, related_name="+")
    facets = models.JSONField(default=dict, blank=True)
    audience = ArrayField(models.CharField(max_length=40), default=list)
    dated_on = models.DateField(null=True, blank=True)
    reviewed = models.BooleanField(default=False)
    confirm_by = models.DateField(null=True, blank=True)
    adoptions = models.PositiveIntegerField(default=0)
    removed = models.BooleanField(default=False)
    sequence = models.BigIntegerField(unique=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = IndexCardQuerySet.as_manager()

    class Meta:
        db_table = "search_card"
        verbose_name = _("scheda d'indice")
        verbose_name_plural = _("schede d'indice")
        indexes = [GinIndex(fields=["audience"], name="search_card_audience")]

    def __str__(self) -> str:
        return f"{self.key} {self.title}"
