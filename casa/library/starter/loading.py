"""Publishing our texts, and proposing their new issues. Safe to repeat: what is there stays.

A new issue is published at once only while the version in force is the one that the newsroom made
last; after any other hand it waits for a human reviewer. Withdrawn entries stay withdrawn.
"""

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from time import sleep

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.intake import services as intake
from casa.intake.models import Finding, Upload
from casa.library import services
from casa.library.forms.reviews import QUESTIONS
from casa.library.models import Entry, StarterText, Tag, Version
from casa.library.models.choices import Audience, Licence
from casa.library.starter.newsroom import Newsroom
from casa.library.starter.sources import Source
from casa.registry.models import Pillar

logger = logging.getLogger(__name__)

Tell = Callable[[str], None]
_ATTEMPTS, _PAUSE = 120, 0.5
_CARD = ("kind", "title", "object", "procedure_type", "contract_type", "criterion")
_MORE = ("amount_band", "phase", "cpv_codes")


def load_texts(sources: list[Source], room: Newsroom, *, tell: Tell, now: datetime) -> Counter[str]:
    """Bring every text in; gives how many were published, proposed, refused or left as they are."""
    last = _last_issues()
    todo = news(sources, tell=tell)
    told: Counter[str] = Counter(same=len(sources) - len(todo))
    for at, source in enumerate(todo, start=1):
        if at == 1 or at % 10 == 0:
            tell(_("Testi della Redazione: %(at)s di %(all)s") % {"at": at, "all": len(todo)})
        try:
            told[_bring_in(source, last.get(source.slug), room, now)] += 1
        except Refused as reason:
            told["refused"] += 1
            logger.warning("Starter text %s: %s", source.slug, reason)
            tell(f"{source.slug}: {reason}")
    return told


def news(sources: list[Source], *, tell: Tell) -> list[Source]:
    """The texts that are not there yet, and later issues of those that are not withdrawn."""
    last = _last_issues()
    return [source for source in sources if _is_news(source, last, tell)]


def _last_issues() -> Mapping[str, StarterText]:
    """The newest issue of each text."""
    rows = StarterText.objects.select_related("entry__body", "entry__current", "version")
    return {row.slug: row for row in rows.order_by("slug", "number")}


def _is_news(source: Source, last: Mapping[str, StarterText], tell: Tell) -> bool:
    row = last.get(source.slug)
    if row is None:
        return True
    if row.number == source.number and row.sha256 != source.sha256:
        tell(_("%(slug)s: il testo è cambiato, ma la sua versione no.") % {"slug": source.slug})
    return row.number < source.number and not row.entry.is_withdrawn


def _bring_in(source: Source, row: StarterText | None, room: Newsroom, now: datetime) -> str:
    """Publish or propose one text, all of it or nothing; gives "published" or "proposed"."""
    upload = _received(source, room, now)
    try:
        with transaction.atomic():
            version = _proposed(source, row, upload, room, now)
            ours = row is None or _is_ours(row)
            if ours and row is not None and row.entry.edited_at <= row.loaded_at:
                _renew_card(source, row.entry, room, now)
            if ours and not _warnings(upload):
                version = _published(version, room, now)
            _note(source, version, now)
    except Refused:
        intake.discard(upload=upload, actor=room.author)
        raise
    return version.state if version.state == Version.State.PUBLISHED else "proposed"


def _received(source: Source, room: Newsroom, now: datetime) -> Upload:
    """Through the quarantine like any other file; the worker may not be there yet."""
    file = ContentFile(source.docx(), name=source.file_name)
    (upload,) = intake.receive(
        files=[file], body=room.body, office=room.office, actor=room.author, now=now
    )
    for _attempt in range(_ATTEMPTS):
        intake.inspect(upload_id=upload.pk, now=now)
        upload.refresh_from_db()
        if not upload.is_waiting:
            break
        sleep(_PAUSE)  # a worker has it in hand
    if upload.state == Upload.State.CLEARED:
        return upload
    if not upload.is_waiting:
        intake.discard(upload=upload, actor=room.author)
    raise Refused(upload.reason or _("Il file è ancora in controllo: riprova più tardi."))


def _proposed(
    source: Source, row: StarterText | None, upload: Upload, room: Newsroom, now: datetime
) -> Version:
    proposal = services.Proposal(
        changes=str(source.text.head["changes"]),
        why=_("Testo della Redazione della Casa dei Comuni."),
        effective_on=timezone.localdate(now),
        audience=Audience.PUBLIC,
        uploads=[upload],
    )
    if row is None:
        version = services.open_entry(
            card=_card(source, room), proposal=proposal, body=room.body, actor=room.author, now=now
        )
    else:
        version = services.open_version(
            entry=row.entry, proposal=proposal, actor=room.author, now=now
        )
    return services.propose_version(version=version, actor=room.author, now=now)


def _published(version: Version, room: Newsroom, now: datetime) -> Version:
    return services.publish_version(
        version=version,
        checklist=[services.Answer(str(question), yes=True) for _code, question in QUESTIONS],
        waivers=[],
        note=_("Testo riletto e controllato dalla Redazione prima del rilascio."),
        actor=room.reviewer,
        now=now,
    )


def _is_ours(row: StarterText) -> bool:
    """The version in force is the newsroom's own last one."""
    return row.version_id is not None and row.entry.current_id == row.version_id


def _warnings(upload: Upload) -> bool:
    """What the checks found to be weighed is weighed by a person."""
    return upload.findings.exclude(severity=Finding.Severity.NOTE).exists()


def _renew_card(source: Source, entry: Entry, room: Newsroom, now: datetime) -> None:
    """The card follows the text, unless a person has changed it meanwhile."""
    services.edit_card(entry=entry, card=_card(source, room), actor=room.author, now=now)


def _card(source: Source, room: Newsroom) -> services.Card:
    head = source.text.head
    fields = {name: head[name] for name in (*_CARD, *_MORE) if name in head}
    pillar = Pillar.objects.get(code=head["pillar"])
    tags = [_tag(name) for name in head.get("tags", [])]
    return services.Card(
        pillar=pillar, office=room.office, licence=Licence.CC_BY, tags=tags, **fields
    )


def _tag(name: str) -> Tag:
    return Tag.objects.get_or_create(slug=slugify(name)[:60], defaults={"name": name[:60]})[0]


def _note(source: Source, version: Version, now: datetime) -> None:
    StarterText.objects.create(
        slug=source.slug,
        number=source.number,
        entry=version.entry,
        version=version,
        sha256=source.sha256,
        checked_on=source.text.checked_on,
        to_check=list(source.text.to_check),
        loaded_at=now,
    )
