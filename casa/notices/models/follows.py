"""What a person wants to be told about."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casa.registry.actor import Actor


class FollowQuerySet(models.QuerySet["Follow"]):
    def of(self, actor: Actor) -> Self:
        """The actor's own: nobody else reads what a person follows."""
        return self.filter(person_id=actor.id) if actor.id else self.none()

    def awake(self) -> Self:
        """Those that nobody paused."""
        return self.filter(muted_at=None)


class Follow(models.Model):
    """A person follows a thing: an entry, a kit, a tag, a body, a norm.

    `key` names the thing as its index card does (`room:kind:id`); title and address are those of
    the day it was followed. `feed_token` opens an Atom feed without a log-in, for things that not
    everybody may read: it tells only what its owner may read that day, and is made again or
    emptied at will. `muted_at` says since when nothing is told: a link of a mail sets it, and the
    follow stays, so that it can begin again.

    Personal data: what a member follows and since when it is paused; read by nobody else, kept
    until the member stops or their log-in is closed.
    """

    class Cadence(models.TextChoices):
        AT_ONCE = "at_once", _("Appena c'è qualcosa di nuovo")
        WEEKLY = "weekly", _("Una mail alla settimana")
        HERE = "here", _("Niente mail: lo leggo solo qui")

    person = models.ForeignKey("registry.Person", on_delete=models.CASCADE, related_name="follows")
    key = models.CharField(max_length=120)
    title = models.CharField(_("che cosa segui"), max_length=300)
    url = models.CharField(max_length=300)
    cadence = models.CharField(
        _("quando avvisarti"), max_length=8, choices=Cadence, default=Cadence.WEEKLY
    )
    feed_token = models.CharField(max_length=64, blank=True)
    muted_at = models.DateTimeField(_("in pausa dal"), null=True, blank=True)
    created_at = models.DateTimeField()

    objects = FollowQuerySet.as_manager()

    class Meta:
        db_table = "notices_follow"
        verbose_name = _("cosa seguita")
        verbose_name_plural = _("cose seguite")
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="a_thing_is_followed_once"),
            models.UniqueConstraint(
                fields=["feed_token"], condition=~Q(feed_token=""), name="one_follow_per_feed_token"
            ),
        ]
        indexes = [models.Index(fields=["key"], name="follows_of_a_thing")]

    def __str__(self) -> str:
        return self.title

    @property
    def wants_mail(self) -> bool:
        """Whether its owner is written to: not while it is paused, nor if they read it here."""
        return self.muted_at is None and self.cadence != self.Cadence.HERE
