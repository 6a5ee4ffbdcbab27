"""Correcting what we took for headings: of any version, because the text itself stays as it is."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from casa import drafting
from casa.foundation.errors import Refused
from casa.library import access, cards
from casa.library.models import HeadingCorrection, Version
from casa.library.queries.headings import Desk, desk_of
from casa.library.services.clauses import rewrite_clauses
from casa.library.services.drafts import locked_version
from casa.registry import trail
from casa.registry.actor import Actor

MOST = 500


@transaction.atomic
def correct_headings(
    *, version: Version, upload: int, levels: Mapping[int, int], actor: Actor, now: datetime
) -> Version:
    """Say of lines of the newest version that they are headings of a level, or (0) none.

    `levels` names lines by their place in the file `upload`, as the person saw them. Clauses keep
    their addresses where they remain; what is published is found by the new ones at once. The next
    version begins with what was said here.
    """
    version, desk = _opened(version, actor)
    if desk.upload_id != upload:
        raise Refused(
            _("Intanto il testo è stato sostituito: rileggi le righe qui sotto e scegli di nuovo.")
        )
    changed = _say(version, desk, levels)
    if not changed:
        raise Refused(_("Non hai cambiato nessuna riga: scegli che cosa è, poi salva."))
    _retell(version, desk, actor=actor, now=now, lines=changed)
    return version


@transaction.atomic
def forget_correction(*, version: Version, correction: int, actor: Actor, now: datetime) -> Version:
    """Take one correction back: the line is told as it was read. Repeated, it does nothing."""
    version, desk = _opened(version, actor)
    gone, _rows = version.heading_corrections.filter(pk=correction).delete()
    if gone:
        _retell(version, desk, actor=actor, now=now, lines=gone)
    return version


def _opened(version: Version, actor: Actor) -> tuple[Version, Desk]:
    """The version, locked, and its lines; refused to whoever may not correct them."""
    version = locked_version(version)
    entry = version.entry
    if not access.may_correct_headings(actor, entry):
        raise Refused(_("Corregge i titoli chi ha un mandato di redazione nell'ente della scheda."))
    if entry.versions.filter(number__gt=version.number).exists():
        raise Refused(_("C'è una versione più recente: correggi i titoli di quella."))
    desk = desk_of(version)
    if desk is None:
        raise Refused(_("Questa versione non ha ancora un file: prima aggiungilo."))
    return version, desk


def _say(version: Version, desk: Desk, levels: Mapping[int, int]) -> int:
    """Keep what was said, instead of what was said before of the same lines; how many changed."""
    told = {line.place: line.level for line in desk.lines_at(levels)}
    changed = {place: levels[place] for place in told if levels[place] != told[place]}
    replaced = [row for row in desk.corrections if row.places and {*row.places} <= {*changed}]
    left = [row for row in desk.corrections if row not in replaced]
    if len(left) + len(changed) > MOST:
        raise Refused(
            _("Le correzioni ai titoli sono troppe (al massimo %(most)s): correggili nel file.")
            % {"most": MOST}
        )
    HeadingCorrection.objects.filter(pk__in=[row.pk for row in replaced]).delete()
    _keep(version, desk, _still_needed(desk, left, changed))
    return len(changed)


def _still_needed(
    desk: Desk, left: list[HeadingCorrection], changed: Mapping[int, int]
) -> dict[int, int]:
    """What has to be said: a line brought back to what was read in the file needs no words."""
    spoken = {place for row in left for place in row.places}
    read = {place: drafting.heading_level(desk.draft.blocks[place]) for place in changed}
    return {
        place: level for place, level in changed.items() if place in spoken or level != read[place]
    }


def _keep(version: Version, desk: Desk, levels: Mapping[int, int]) -> None:
    found = drafting.corrections_at(desk.draft, levels)
    HeadingCorrection.objects.bulk_create(
        HeadingCorrection(
            version=version,
            words=one.words,
            level=one.level,
            turn=one.turn,
            turns=one.turns,
            places=[place],
        )
        for place, one in found.items()
    )


def _retell(version: Version, desk: Desk, *, actor: Actor, now: datetime, lines: int) -> None:
    """Cut the clauses anew; where the version is the current one, search is told too."""
    rewrite_clauses(version, desk.draft)
    entry = version.entry
    trail.record(
        "library.version.headings_corrected",
        version,
        actor=actor,
        body=entry.body,
        now=now,
        number=version.number,
        lines=lines,
    )
    if entry.current_id == version.pk:
        cards.file_entry(entry, version=version, clauses=version.clauses.order_by("position"))
