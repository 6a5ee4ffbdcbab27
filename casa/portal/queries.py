"""How the service is doing, part by part."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casa.intake import queries as intake
from casa.library import queries as library
from casa.library.models import Entry, Version
from casa.notices import queries as notices
from casa.registry.actor import ANONYMOUS, Actor
from casa.registry.models import Body
from casa.search import queries as search

HEARTBEAT = "portal.heartbeat"
BEAT_SECONDS = 30
SILENT = timedelta(seconds=3 * BEAT_SECONDS)
LATE = timedelta(minutes=1)


def is_public_page(*, namespace: str, kwargs: Mapping[str, Any]) -> bool:
    """Say whether the address with these parts is a page that everybody may read."""
    slug, number = kwargs.get("slug", ""), kwargs.get("number")
    if namespace == "registry":
        return Body.objects.in_use().filter(slug=slug).exists()
    if namespace != "library":
        return False
    if number is None:
        return Entry.objects.visible_to(ANONYMOUS).filter(slug=slug).exists()
    versions = Version.objects.visible_to(ANONYMOUS)
    return versions.filter(entry__slug=slug, number=number).exists()


@dataclass(frozen=True, slots=True)
class Turn:
    """What waits for somebody, counted: duties of their offices, texts, notices not yet read."""

    duties: int
    to_review: int
    to_correct: int
    unread: int

    @property
    def is_any(self) -> bool:
        return any((self.duties, self.to_review, self.to_correct, self.unread))


def turn_of(actor: Actor) -> Turn:
    """Whose turn it is, for the first page. Six queries, however much waits."""
    unread, duties = notices.counts(actor)
    work = library.work_of(actor)
    to_review = len(work.to_review) + len(work.kits_to_review)
    return Turn(duties, to_review, len(work.returned), unread)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the service: does it work, and a sentence about it."""

    name: str
    works: bool
    words: str


@dataclass(frozen=True, slots=True)
class Status:
    """The service on a moment."""

    at: datetime
    parts: tuple[Part, ...]

    @property
    def works(self) -> bool:
        return all(part.works for part in self.parts)


def status(*, now: datetime) -> Status:
    """Ask each part; one that cannot even answer does not work."""
    asked: tuple[tuple[str, Callable[[], Part]], ...] = (
        (_("Archivio dei dati"), _database),
        (_("Lavori in coda"), lambda: _worker(now)),
        (_("Ricerca"), lambda: _search(now)),
        (_("Controllo dei file"), _uploads),
    )
    return Status(at=now, parts=tuple(_ask(name, question) for name, question in asked))


def beat() -> None:
    """The worker's sign of life; its schedule calls this every BEAT_SECONDS."""
    cache.set(HEARTBEAT, timezone.now(), timeout=None)


def _ask(name: str, question: Callable[[], Part]) -> Part:
    try:
        return question()
    except (DatabaseError, OSError):
        return Part(name=name, works=False, words=_("Non risponde."))


def _database() -> Part:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Part(name=_("Archivio dei dati"), works=True, words=_("Risponde."))


def _worker(now: datetime) -> Part:
    last = cache.get(HEARTBEAT)
    works = last is not None and now - last <= SILENT
    if works:
        words = _("Vanno avanti.")
    elif last is None:
        words = _("Chi li esegue non ha ancora dato segni di vita.")
    else:
        words = _("Fermi dalle %(at)s: quello che mandi resta in attesa e non va perso.") % {
            "at": timezone.localtime(last).strftime("%H:%M")
        }
    return Part(name=_("Lavori in coda"), works=works, words=words)


def _search(now: datetime) -> Part:
    health = search.health(now=now)
    if health.problem:
        return Part(name=_("Ricerca"), works=False, words=health.problem)
    words = ngettext(
        "Trova %(count)d documento.", "Trova %(count)d documenti.", health.documents
    ) % {"count": health.documents}
    late = health.lag > LATE
    if late:
        seconds = {"seconds": int(health.lag.total_seconds())}
        words += " " + _("Le ultime modifiche aspettano da %(seconds)d secondi.") % seconds
    return Part(name=_("Ricerca"), works=not late, words=words)


def _uploads() -> Part:
    waiting = intake.waiting_count()
    words = ngettext("%(count)d file in attesa.", "%(count)d file in attesa.", waiting) % {
        "count": waiting
    }
    return Part(
        name=_("Controllo dei file"),
        works=True,
        words=words if waiting else _("Nessun file in attesa."),
    )
