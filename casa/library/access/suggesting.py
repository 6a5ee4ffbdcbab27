"""Who proposes a change to a source, and who answers."""

from django.shortcuts import get_object_or_404

from casa.library.access.entries import WORKERS, may_write
from casa.library.models import Entry, Suggestion
from casa.registry.actor import Actor


def may_suggest(actor: Actor, copy: Entry) -> bool:
    """An author of the body proposes what its published text says otherwise."""
    return copy.current_id is not None and not copy.is_withdrawn and may_write(actor, copy)


def may_answer(actor: Actor, suggestion: Suggestion) -> bool:
    """An author of the body of the source."""
    return suggestion.is_open and may_write(actor, suggestion.source)


def may_withdraw_suggestion(actor: Actor, suggestion: Suggestion) -> bool:
    """An author of the body that proposed, until there is an answer."""
    return suggestion.is_open and may_write(actor, suggestion.copy)


def may_read_suggestions(actor: Actor, entry: Entry) -> bool:
    """Whoever works for the body of the entry."""
    return actor.may_act_as(*WORKERS, body_id=entry.body_id)


def suggestion_for(actor: Actor, pk: int) -> Suggestion:
    """A proposal that the actor's body sent or received (404 otherwise)."""
    rows = Suggestion.objects.visible_to(actor).select_related(
        "source__body", "source__office", "copy__body", "copy__office", "version"
    )
    return get_object_or_404(rows, pk=pk)
