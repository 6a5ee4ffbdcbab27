"""What happened, and who was told."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casa.registry.actor import Actor


class NewsQuerySet(models.QuerySet["News"]):
    def readable_by(self, actor: Actor) -> Self:
        """What the actor may read today, by the same words as the search index."""
        return self.standing().filter(token__in=actor.tokens)

    def standing(self) -> Self:
        """Those whose thing was not taken back."""
        return self.filter(withdrawn_at=None)

    def about(self, key: str) -> Self:
        return self.filter(keys__contains=[key])


class News(models.Model):
    """A fact worth telling: a version was published, a norm changed, a source is ahead.

    `keys` are the things it is about: whoever follows one of them is told, once. `token` says who
    may read it (`pub`, `net`, `body:ID`). It never changes, but for the time at which its thing was
    taken back (`withdrawn_at`): then it is told to nobody any more. It goes after a year.

    Personal data: none (names of bodies and documents)
    """

    keys = ArrayField(models.CharField(max_length=120))
    kind = models.CharField(max_length=40)
    title = models.CharField(_("titolo"), max_length=300)
    summary = models.TextField(_("che cosa è successo"), blank=True, max_length=2000)
    url = models.CharField(max_length=300)
    token = models.CharField(max_length=40)
    happened_at = models.DateTimeField(_("quando"))
    spread_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = NewsQuerySet.as_manager()

    class Meta:
        db_table = "notices_news"
        verbose_name = _("novità")
        verbose_name_plural = _("novità")
        ordering = ["-happened_at", "-pk"]
        indexes = [
            models.Index(fields=["happened_at"], name="news_by_time"),
            models.Index(fields=["id"], condition=Q(spread_at=None), name="news_to_spread"),
        ]

    def __str__(self) -> str:
        return self.title


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, actor: Actor) -> Self:
        """The actor's own, of what they may still read."""
        if not actor.id:
            return self.none()
        return self.filter(
            person_id=actor.id, news__token__in=actor.tokens, news__withdrawn_at=None
        )

    def unread(self) -> Self:
        return self.filter(read_at=None)


class Notice(models.Model):
    """A person was told of a news, here and (where they wish) by mail.

    Personal data: what a person was told and when they read it; kept a year.
    """

    person = models.ForeignKey("registry.Person", on_delete=models.CASCADE, related_name="notices")
    news = models.ForeignKey(News, on_delete=models.CASCADE, related_name="notices")
    cadence = models.CharField(max_length=8)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        db_table = "notices_notice"
        verbose_name = _("avviso")
        verbose_name_plural = _("avvisi")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "news"], name="a_person_is_told_once")
        ]
        indexes = [
            models.Index(
                fields=["cadence", "person"],
                condition=Q(mailed_at=None, read_at=None),
                name="notices_to_mail",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
