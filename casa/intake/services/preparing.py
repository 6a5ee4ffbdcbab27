"""Deciding what of a file is shared, and asking for the copy."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.intake import access, queries, sharing, tasks
from casa.intake.models import CleanedCopy, SharingDecision, Upload
from casa.registry import trail
from casa.registry.actor import Actor

KEEP, REMOVE = SharingDecision.Action.KEEP, SharingDecision.Action.REMOVE


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose for the datum with this digest."""

    action: str
    why: str = ""
    words: str = ""


@transaction.atomic
def prepare(
    *,
    upload: Upload,
    choices: Mapping[str, Choice],
    name: str,
    extra: str,
    actor: Actor,
    now: datetime,
) -> CleanedCopy:
    """Write down what stays and why, and ask the worker for the copy without the rest.

    What was not chosen, by digest, goes as proposed. `extra`: other words to remove, one a line.
    Pressed twice it asks once.
    """
    if not access.may_clean(actor, upload):
        raise Refused(access.why_not_clean(actor, upload))
    Upload.objects.select_for_update(no_key=True).get(pk=upload.pk)
    if asked := CleanedCopy.objects.waiting().filter(original=upload).first():
        return _asked_twice(asked, actor=actor)
    draft = queries.draft_of(upload)
    found = sharing.found_in(draft, upload) if draft else []
    cleaned = CleanedCopy.objects.create(
        original=upload, person_id=actor.person_id, name=name, extra=extra, requested_at=now
    )
    decisions = [_decision(one, choices.get(one.digest), cleaned=cleaned) for one in found]
    SharingDecision.objects.bulk_create(decisions)
    told = {"kept": _counted(decisions, KEEP), "removed": _counted(decisions, REMOVE)}
    trail.record("intake.copy.requested", upload, actor=actor, body=upload.body, now=now, **told)
    transaction.on_commit(partial(tasks.clean.enqueue, copy_id=cleaned.pk))
    return cleaned


def _asked_twice(asked: CleanedCopy, *, actor: Actor) -> CleanedCopy:
    if asked.person_id == actor.person_id:
        return asked
    raise Refused(
        _(
            "Una persona del tuo ente ha appena chiesto una copia di questo file: aspetta che sia "
            "pronta, poi riprova."
        )
    )


def _decision(
    found: sharing.Found, choice: Choice | None, *, cleaned: CleanedCopy
) -> SharingDecision:
    chosen = choice or Choice(found.proposed)
    stays = chosen.action == KEEP
    if stays and not found.rule and not _is_explained(chosen):
        raise Refused(_("Di ogni dato che resta serve il motivo: scrivilo e riprova."))
    return SharingDecision(
        cleaned=cleaned,
        kind=found.kind,
        level=found.level,
        is_valid=found.datum.valid,
        place=found.place[:200],
        places=found.places,
        digest=found.digest,
        action=KEEP if stays else REMOVE,
        value=found.value if stays else "",
        why=chosen.why if stays and not found.rule else "",
        words=chosen.words if stays and not found.rule else "",
        rule=found.rule if stays else "",
    )


def _is_explained(choice: Choice) -> bool:
    needs_words = choice.why == SharingDecision.Why.OTHER
    return choice.why in SharingDecision.Why and bool(choice.words.strip() or not needs_words)


def _counted(decisions: Sequence[SharingDecision], action: str) -> dict[str, int]:
    """How many of each kind, in words: the trail never holds the values."""
    kinds: Iterable[str] = (one.kind_label for one in decisions if one.action == action)
    return dict(sorted(Counter(kinds).items()))
