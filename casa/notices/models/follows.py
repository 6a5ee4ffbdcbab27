"""What a person wants to be told about."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from casa.registry.actor import Actor


class FollowQuerySet(models.QuerySet["Follow"]):
    def of(self, actor: Actor) -> Self:
        """The actor's own: nobody else reads what a person follows."""
        return self.filter(person_id=actor.id) if actor.id else self.none()


class Follow(models.Model):
    """A person follows a thing: an entry, a kit, a tag, a body, a norm.

    `key` names the thing as its index card does (`room:kind:id`); title and address are those of
    the day it was followed. `feed_token` opens an Atom feed without a log-in; it tells only what
    its owner may read that day.

    Personal data: what a member follows; read by nobody else, kept until the member stops.
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
    feed_token = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    objects = FollowQuerySet.as_manager()

    class Meta:
        db_table = "notices_follow"
        verbose_name = _("cosa seguita")
        verbose_name_plural = _("cose seguite")
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="a_thing_is_followed_once")
        ]
        indexes = [models.Index(fields=["key"], name="follows_of_a_thing")]

    def __str__(self) -> str:
        return self.title
