"""Telling of a published version: those who follow, and every office that derived from it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from casa.drafting import comparing
from casa.foundation import locks
from casa.library import cards, tasks
from casa.library.models import Basis, Clause, Derivation, Entry, Kit, Version
from casa.library.models.choices import Audience
from casa.library.queries.following import pillar_key, tag_key
from casa.library.queries.shelved import drafted
from casa.library.services.bases import SOURCE_AHEAD, SOURCE_KINDS, SOURCE_UNTOUCHED
from casa.notices import services as notices
from casa.notices.services import Owed, Told
from casa.registry.trail import key_of
from casa.registry.words import of_body

PUBLISHED = "library.version_published"
LOCK = "library.announce"
PATIENCE, LOOK_BACK = timedelta(minutes=10), timedelta(days=2)


def announce_later(version: Version) -> None:
    """The worker tells of it: a request does not wait for a thousand offices."""
    tasks.announce.enqueue(version.pk)


def announce(*, version_id: int, now: datetime) -> None:
    """Safe to repeat: followers are told once, open duties are brought up to date.

    Of two workers one tells; what was overtaken by a newer version asks nothing of anybody, and
    what was withdrawn meanwhile is not announced.
    """
    with locks.held(LOCK, version_id) as mine:
        if not mine:
            return
        version = Version.objects.select_related("entry__body", "entry__pillar").get(pk=version_id)
        if version.entry.is_withdrawn:
            return
        if not notices.is_told(key_of(version)):
            notices.tell(_told(version), now=now)
        if version.entry.current_id == version_id:
            _ask_copies(version, now=now)


def sweep_announcements(*, now: datetime) -> int:
    """Ask again for what a killed process left untold of the last days; how many. Repeatable."""
    recent = Version.objects.published().filter(
        published_at__range=(now - LOOK_BACK, now - PATIENCE), entry__withdrawn_at=None
    )
    by_key = {key_of(version): version for version in recent.only("pk")}
    left = notices.untold(list(by_key))
    for key in left:
        announce_later(by_key[key])
    return len(left)


def leave_told(*, now: datetime) -> int:
    """Every night: «nessuna azione» is one line in one mail, not a mail a week for ever."""
    outcome = _("Detto nella mail dell'ufficio: nessuna azione.")
    return notices.settle_told(kind=SOURCE_UNTOUCHED, outcome=outcome, now=now)


def _told(version: Version) -> Told:
    entry = version.entry
    tags = [tag_key(slug) for slug in entry.tags.values_list("slug", flat=True)]
    subjects = [*tags, pillar_key(entry.pillar.code)]
    kits = Kit.objects.filter(items__entry=entry, state=Kit.State.PUBLISHED).distinct()
    said = {"title": entry.title, "n": version.number, "body": of_body(entry.body)}
    return Told(
        keys=[key_of(version), key_of(entry), key_of(entry.body), *subjects, *map(key_of, kits)],
        kind=PUBLISHED,
        title=_("«%(title)s»: versione %(n)d %(body)s") % said,
        summary=version.changes,
        url=version.get_absolute_url(),
        token=cards.audience_tokens(version.audience, body_id=entry.body_id)[0],
    )


@transaction.atomic
def _ask_copies(version: Version, *, now: datetime) -> None:
    """Each copy owes one thing about its source; nothing about what the source keeps to itself."""
    if version.audience == Audience.BODY:
        copies = Derivation.objects.filter(source=version.entry).select_related("entry")
        outcome = _("La fonte non è più aperta agli altri enti.")
        _settle([key_of(tie.entry) for tie in copies], outcome, now=now)
        return
    owed = list(_owed(version))
    notices.owe(*owed, now=now)
    outcome = _("Lo dice la versione più recente della fonte.")
    for kind, other in (SOURCE_KINDS, SOURCE_KINDS[::-1]):
        _settle([one.key for one in owed if one.kind == kind], outcome, now=now, kinds=(other,))


def _settle(
    keys: Iterable[str],
    outcome: str,
    *,
    now: datetime,
    kinds: Iterable[str] = SOURCE_KINDS,
) -> None:
    notices.settle_all(kinds=kinds, keys=keys, outcome=outcome, now=now)


def _owed(version: Version) -> Iterator[Owed]:
    """One duty per copy: which of its clauses are touched. One comparison per version followed."""
    followed: dict[int, list[Basis]] = defaultdict(list)
    for basis in _bases(version.entry):
        followed[basis.source_version_id].append(basis)
    for source_version_id, bases in followed.items():
        changed = _changed(Version.objects.get(pk=source_version_id), version)
        touched = _touched(bases, changed)
        for basis in bases:
            yield _duty(basis.version.entry, version, touched.get(basis.version_id, []))


def _bases(source: Entry) -> Iterable[Basis]:
    """What the current text of every copy follows; copies elsewhere are told elsewhere."""
    return Basis.objects.filter(
        version__entry__derivation__source=source,
        version__entry__derivation__behind__gt=0,
        version=F("version__entry__current"),
        version__entry__withdrawn_at=None,
        version__entry__is_received=False,
    ).select_related("version__entry")


def _changed(before: Version, after: Version) -> set[str]:
    """The keys of the source's clauses that are not what they were."""
    older, newer = drafted(before), drafted(after)
    if older is None or newer is None:
        return set()
    found = comparing.compare(older, newer).clauses
    return {change.key for change in found if change.state != "same"}


def _touched(bases: Iterable[Basis], changed: set[str]) -> dict[int, list[str]]:
    """Our clauses among the changed ones, in words, by version. Two queries.

    A clause that stood in the version we follow and that we took away or wrote wholly anew is
    touched too: what the source says of it now is not what we had decided on.
    """
    known = list(bases)
    ours = _named([basis.version_id for basis in known], changed)
    followed = _named([basis.source_version_id for basis in known], changed)
    touched: dict[int, list[str]] = {}
    for basis in known:
        mine = ours.get(basis.version_id, {})
        gone = followed.get(basis.source_version_id, {})
        told = [*mine.values(), *(place for key, place in gone.items() if key not in mine)]
        touched[basis.version_id] = list(dict.fromkeys(words for _, words in sorted(told)))
    return touched


def _named(versions: Iterable[int], keys: set[str]) -> dict[int, dict[str, tuple[int, str]]]:
    """Where the clauses with these keys stand, and their names in words, by version and key."""
    rows = Clause.objects.filter(version__in=set(versions), key__in=keys)
    named: dict[int, dict[str, tuple[int, str]]] = defaultdict(dict)
    found = rows.values_list("version_id", "key", "position", "label", "heading")
    for version_id, key, position, *words in found:
        named[version_id][key] = position, " – ".join(filter(None, words))
    return named


def _duty(copy: Entry, version: Version, touched: list[str]) -> Owed:
    said = {"title": copy.title, "n": version.number}
    if touched:
        title = _("La fonte di «%(title)s» è alla versione %(n)d") % said
        notes = [version.changes[:200], *(_("Tocca: %s") % clause for clause in touched)]
    else:
        title = _("La fonte di «%(title)s» è alla versione %(n)d: nessuna azione") % said
        notes = [version.changes[:200], _("Non tocca le vostre clausole.")]
    return Owed(
        office_id=copy.office_id,
        kind=SOURCE_AHEAD if touched else SOURCE_UNTOUCHED,
        key=key_of(copy),
        title=title,
        notes=notes,
        url=reverse("library:news", args=[copy.slug]),
        action=_("Guarda le novità"),
    )
