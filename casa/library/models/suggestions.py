"""What bodies that adapted a text propose to whoever it comes from."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.library.models.audiences import CONTRIBUTORS
from casa.registry.actor import Actor


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those that the actor's body sent or received."""
        bodies = actor.bodies_as(*CONTRIBUTORS)
        return self.filter(Q(copy__body_id__in=bodies) | Q(source__body_id__in=bodies))

    def waiting(self) -> Self:
        return self.filter(state=Suggestion.State.OPEN)

    def taken(self) -> Self:
        """Those whose words the source wanted, changed or not."""
        return self.filter(state__in=[Suggestion.State.ACCEPTED, Suggestion.State.EDITED])


class Suggestion(models.Model):
    """«Proponi modifica alla fonte»: a clause of a copy, with a reason, offered to its source.

    The source's body takes it, takes it with other words, or declines it, always with an answer.
    `before` are the words of the source on that day, `taken` those that it wants. `version` is the
    one of the source that says whom it owes the change to.

    Personal data: none (who proposed and who answered stands in the trail)
    """

    class State(models.TextChoices):
        OPEN = "open", _("aspetta risposta")
        ACCEPTED = "accepted", _("accolta")
        EDITED = "edited", _("accolta con altre parole")
        DECLINED = "declined", _("non accolta")
        WITHDRAWN = "withdrawn", _("ritirata")

    source = models.ForeignKey(
        "library.Entry", on_delete=models.CASCADE, related_name="suggestions"
    )
    copy = models.ForeignKey("library.Entry", on_delete=models.CASCADE, related_name="suggested")
    key = models.SlugField(max_length=80)
    title = models.CharField(max_length=400)
    before = models.TextField()
    text = models.TextField(_("testo proposto"))
    reason = models.TextField(_("perché"), max_length=2000)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer = models.TextField(_("risposta"), max_length=2000, blank=True)
    taken = models.TextField(blank=True)
    version = models.ForeignKey(
        "library.Version", on_delete=models.SET_NULL, null=True, blank=True, related_name="credits"
    )
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        db_table = "library_suggestion"
        verbose_name = _("proposta alla fonte")
        verbose_name_plural = _("proposte alla fonte")
        constraints = [
            models.UniqueConstraint(
                fields=["copy", "key"],
                condition=Q(state="open"),
                name="one_open_suggestion_per_clause",
            ),
            models.CheckConstraint(
                condition=Q(state="open") ^ Q(answered_at__isnull=False),
                name="suggestion_answered_iff_dated",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(text=""), name="suggestion_says_what_and_why"
            ),
        ]
        indexes = [models.Index(fields=["source", "state"], name="suggestions_of_source")]

    def __str__(self) -> str:
        return gettext("%(title)s, da %(body)s") % {"title": self.title, "body": self.copy.body}

    @property
    def is_open(self) -> bool:
        return self.state == Suggestion.State.OPEN

    @property
    def is_taken(self) -> bool:
        return self.state in {Suggestion.State.ACCEPTED, Suggestion.State.EDITED}
