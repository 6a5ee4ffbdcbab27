"""Searches that members keep, to be told of what is new."""

from typing import Self
from urllib.parse import urlencode

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casa.registry.actor import Actor
from casa.search.facets import FACETS


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def of(self, actor: Actor) -> Self:
        """The actor's own: nobody else reads what a person searches for."""
        return self.filter(person_id=actor.id) if actor.id else self.none()

    def wanting_mail(self) -> Self:
        """Those whose owner can log in and has an address, in the order of owners."""
        rows = self.exclude(frequency=SavedSearch.Frequency.NEVER).filter(person__is_active=True)
        return rows.exclude(person__email="").order_by("person_id", "pk")


class SavedSearch(models.Model):
    """Words and filters that a member keeps under a name, and how often they want to be told.

    `seen` is the number of the last change of a card that the owner was told of, `told_at` the
    time of the last mail. What is told is found anew each time with the rights its owner has that
    day. `feed_token` opens an Atom feed without a log-in and is made again or emptied at will: it
    is kept as it is, because the page shows the address to its owner, and it opens only lines that
    the owner may read that day. A person keeps the same question once: saving waits for its turn.

    Personal data: what a member searches for and when they were last told; read by nobody else,
    kept until the member deletes the search or their log-in is closed.
    """

    class Frequency(models.TextChoices):
        AT_ONCE = "at_once", _("Appena c'è qualcosa di nuovo")
        WEEKLY = "weekly", _("Al massimo una mail alla settimana")
        NEVER = "never", _("Niente mail: la ritrovo solo qui")

    person = models.ForeignKey(
        "registry.Person", on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(_("nome"), max_length=120)
    words = models.CharField(_("parole"), max_length=400, blank=True)
    filters = models.JSONField(default=dict, blank=True)
    frequency = models.CharField(
        _("quando avvisarti"), max_length=10, choices=Frequency, default=Frequency.WEEKLY
    )
    seen = models.BigIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)
    feed_token = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        db_table = "search_saved_search"
        verbose_name = _("ricerca salvata")
        verbose_name_plural = _("ricerche salvate")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["feed_token"], condition=~Q(feed_token=""), name="one_search_per_feed_token"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def query(self) -> str:
        """Its words and filters as the address of the page of results has them."""
        pairs = [("q", self.words)] if self.words else []
        for name, values in sorted(self.filters.items()):
            pairs += [(FACETS[name], value) for value in values if name in FACETS]
        return urlencode(pairs)
