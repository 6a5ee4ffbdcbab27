"""What may go out, what arrived, and what a bundle would do here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from casa.library.exchange.keys import PublicKey
from casa.library.exchange.manifest import OPEN_LICENCES, Described, Manifest
from casa.library.models import Arrival, Bundle, BundleLine, Entry, Installation, Version
from casa.library.models.choices import Audience
from casa.registry.models import Pillar

Outcome = BundleLine.Outcome
LAST = 20


def exportable(words: str = "") -> QuerySet[Entry]:
    """What was born here, everybody may read and use under an open licence, and is offered;
    of those, the ones whose title or body holds all the words."""
    rows = Entry.objects.offered().filter(
        audience=Audience.PUBLIC,
        current__audience=Audience.PUBLIC,
        licence__in=OPEN_LICENCES,
        is_received=False,
        body__is_demo=False,
    )
    beside = ("body__municipality", "body__province", "pillar", "current")
    rows = rows.select_related(*beside).defer("current__text").prefetch_related("tags")
    for word in words.split()[:10]:
        rows = rows.filter(Q(title__icontains=word) | Q(body__name__icontains=word))
    return rows.order_by("title", "pk")


@dataclass(frozen=True, slots=True)
class Other:
    """Another installation, and what one compares of its key."""

    installation: Installation
    fingerprint: str
    entries: int


def others() -> list[Other]:
    """The other installations, those that are trusted first. One query."""
    rows = Installation.objects.filter(is_own=False).select_related("trusted_by")
    rows = rows.annotate(number=Count("arrivals")).order_by(F("ended_at").desc(nulls_first=True))
    return [
        Other(row, PublicKey(row.uid, row.public_key).fingerprint, int(getattr(row, "number", 0)))
        for row in rows
    ]


def last_bundles() -> Sequence[Bundle]:
    """The bundles that arrived last."""
    rows = Bundle.objects.select_related("installation", "person").order_by("-pk")
    return list(rows[:LAST])


def lines_of(bundle: Bundle) -> QuerySet[BundleLine]:
    """What a bundle says, entry by entry."""
    return bundle.lines.select_related("entry").order_by("position")


def brings_something(bundle: Bundle) -> bool:
    """Whether there is anything to bring in, or to confirm."""
    return bundle.lines.exclude(outcome=Outcome.REFUSED).exists()


def arrival_of(entry: Entry) -> Arrival | None:
    """Where a received entry came from. One query, none for the others."""
    if not entry.is_received:
        return None
    return Arrival.objects.select_related("installation").filter(entry=entry).first()


@dataclass(frozen=True, slots=True)
class Line:
    """What a bundle would do with one entry."""

    described: Described
    outcome: str
    sentence: str = ""
    arrival: Arrival | None = None

    @property
    def is_wanted(self) -> bool:
        return self.outcome in {Outcome.NEW, Outcome.NEWER}


def foresee(manifest: Manifest, installation: Installation) -> list[Line]:
    """What is new, newer, here already or refused, and why. Three queries."""
    keys = [entry.key for entry in manifest.entries]
    rows = Arrival.objects.filter(installation=installation, key__in=keys)
    arrivals = {row.key: row for row in rows.select_related("entry")}
    versions = _newest(row.entry_id for row in arrivals.values())
    pillars = set(Pillar.objects.filter(in_use=True).values_list("code", flat=True))
    return [
        _line(entry, arrivals.get(entry.key), versions=versions, pillars=pillars)
        for entry in manifest.entries
    ]


def _newest(entries: Iterable[int]) -> Mapping[int, Version]:
    """The newest version of each entry, whatever its state."""
    rows = Version.objects.filter(entry__in=list(entries)).defer("text").order_by("number")
    return {version.entry_id: version for version in rows}


def _line(
    entry: Described,
    arrival: Arrival | None,
    *,
    versions: Mapping[int, Version],
    pillars: set[str],
) -> Line:
    if entry.pillar not in pillars:
        words = _("Qui non c'è il pilastro «%s»: chi gestisce la rete lo può aggiungere.")
        return Line(entry, Outcome.REFUSED, words % entry.pillar, arrival)
    if arrival is None:
        return Line(entry, Outcome.NEW)
    if sentence := _rewritten(entry, arrival):
        return Line(entry, Outcome.REFUSED, sentence, arrival)
    return _against(entry, arrival, versions.get(arrival.entry_id))


def _rewritten(entry: Described, arrival: Arrival) -> str:
    """The same number with another text: the other installation rewrote its past."""
    for version in entry.versions:
        known = arrival.prints.get(str(version.number))
        if known and known != version.print:
            return _(
                "La versione %d non è quella arrivata la prima volta: chiedi spiegazioni all'altra "
                "installazione. Una versione pubblicata non cambia."
            ) % (version.number)
    return ""


def _against(entry: Described, arrival: Arrival, here: Version | None) -> Line:
    """What the bundle has, against the newest version here. It never goes backward."""
    newest = here.number if here else 0
    if entry.newest.number <= newest:
        words = _("Qui c'è già la versione %d: non si torna indietro.") % newest
        older = words if entry.newest.number < newest else ""
        return Line(entry, Outcome.THERE, older, arrival)
    if arrival.entry.is_withdrawn:
        words = _("Qui la scheda è stata ritirata: non riceve nuove versioni.")
        return Line(entry, Outcome.REFUSED, words, arrival)
    if here and here.state == Version.State.IN_REVIEW:
        words = _("La versione %d aspetta ancora la revisione: decidetela, poi ripetete.")
        return Line(entry, Outcome.REFUSED, words % newest, arrival)
    return Line(entry, Outcome.NEWER, _skipped(entry, newest), arrival)


def _skipped(entry: Described, newest: int) -> str:
    """Numbers between what is here and the newest that the bundle does not have."""
    there = {version.number for version in entry.versions}
    gap = [str(n) for n in range(newest + 1, entry.newest.number) if n not in there][:20]
    return _("Nel pacchetto mancano le versioni: %s.") % ", ".join(gap) if gap else ""
