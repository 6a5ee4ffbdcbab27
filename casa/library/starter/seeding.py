"""Bringing our texts and kits into the library: at each start, and by `casa load starter`."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from casa.foundation import locks
from casa.foundation.jail import Jail, jail_in_force
from casa.library.starter.loading import load_texts
from casa.library.starter.newsroom import Newsroom
from casa.library.starter.shelving import load_kits
from casa.library.starter.sources import kits, sources

LOCK = "library.starter"
Tell = Callable[[str], None]


def seed(where: Path, *, tell: Tell, now: datetime) -> Counter[str]:
    """Publish what is new below `where`; gives what became of texts and kits.

    Without a jail no file is read, so none is brought in; one process at a time does it.
    """
    room = Newsroom.today(now)
    if room is None:
        tell(_("Testi della Redazione non caricati: la Redazione non ha chi scrive e chi rivede."))
        return Counter()
    if jail_in_force() is Jail.NONE:
        tell(_("Testi della Redazione non caricati. %(why)s") % {"why": Jail.NONE.sentence})
        return Counter()
    with locks.held(LOCK, 0) as mine:
        if not mine:
            tell(_("I testi della Redazione li sta già caricando un altro processo."))
            return Counter()
        texts = load_texts(sources(where, tell=tell), room, tell=tell, now=now)
        shelved = load_kits(kits(where, tell=tell), room, now=now)
    return texts + Counter({f"kit_{name}": number for name, number in shelved.items()})
