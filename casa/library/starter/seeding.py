"""Bringing our texts and kits in: by the worker after a start, or by `casa load starter`."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from casa.foundation import locks
from casa.foundation.jail import Jail, jail_in_force
from casa.library.starter.loading import load_texts, news
from casa.library.starter.newsroom import Newsroom
from casa.library.starter.shelving import has_news_of_kits, load_kits
from casa.library.starter.sources import kits, sources

LOCK = "library.starter"
Tell = Callable[[str], None]


def is_behind(where: Path, *, tell: Tell, now: datetime) -> bool:
    """Whether a text or a kit below `where` is new, and could be brought in."""
    return bool(_ready(tell=tell, now=now)) and (
        bool(news(sources(where, tell=tell), tell=tell)) or has_news_of_kits(kits(where, tell=tell))
    )


def seed(where: Path, *, tell: Tell, now: datetime) -> Counter[str]:
    """Publish what is new below `where`, one process at a time; gives what became of it."""
    room = _ready(tell=tell, now=now)
    if room is None:
        return Counter()
    with locks.held(LOCK) as mine:
        if not mine:
            tell(_("I testi della Redazione li sta già caricando un altro processo."))
            return Counter()
        texts = load_texts(sources(where, tell=tell), room, tell=tell, now=now)
        shelved = load_kits(kits(where, tell=tell), room, now=now)
    return texts + Counter({f"kit_{name}": number for name, number in shelved.items()})


def _ready(*, tell: Tell, now: datetime) -> Newsroom | None:
    """The newsroom, where files can be read: without a jail none is brought in."""
    room = Newsroom.today(now)
    if room is None:
        tell(_("Testi della Redazione non caricati: la Redazione non ha chi scrive e chi rivede."))
    elif jail_in_force() is Jail.NONE:
        tell(_("Testi della Redazione non caricati. %(why)s") % {"why": Jail.NONE.sentence})
        return None
    return room
