"""The searches that somebody saved pass on by their own hand alone."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from casa.registry import succession
from casa.registry.actor import Actor
from casa.registry.models import Person, Way
from casa.registry.succession import Heir, Leaving, Part, Thing
from casa.search.models import SavedSearch


def register() -> None:
    """Offer them; called once, when the house opens."""
    succession.register(
        Part(
            code="search.saved",
            rank=90,
            label=_("Ricerche salvate"),
            help=_("Le vedi solo tu. Restano tue, oppure le passi a una persona."),
            held=_held,
            ways=(Way.KEPT, Way.PERSON, Way.STOPPED),
            words={Way.STOPPED: _("Eliminale")},
            pass_on=_pass_on,
            private=True,
        )
    )


def _held(leaving: Leaving) -> Sequence[Thing]:
    return [Thing(search.name) for search in SavedSearch.objects.filter(person=leaving.person)]


def _pass_on(leaving: Leaving, heir: Heir, actor: Actor, now: datetime) -> None:
    """The same question is kept once; a secret feed does not go along."""
    del actor, now
    mine = SavedSearch.objects.filter(person=leaving.person)
    if heir.way == Way.STOPPED:
        mine.delete()
    elif heir.person:
        _give(list(mine.select_for_update()), heir.person)


def _give(searches: Sequence[SavedSearch], person: Person) -> None:
    known = [(one.words, one.filters) for one in SavedSearch.objects.filter(person=person)]
    for search in searches:
        if (search.words, search.filters) in known:
            search.delete()
        else:
            search.person, search.feed_token = person, ""
            search.save(update_fields=["person", "feed_token"])
