"""Deciding on the news of the source, half-way or to the end; the worker makes the document."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation import jail, locks
from casa.foundation.errors import Refused
from casa.intake.models import Upload
from casa.library import access, tasks
from casa.library.models import Basis, Derivation, Entry, Taking, Version
from casa.library.models.choices import Audience
from casa.library.queries.taking import KEEP, Desk, Trio, desk_of_news
from casa.library.services.bases import SOURCE_KINDS
from casa.library.services.drafts import open_version
from casa.library.services.merged import annexes_of, brought_in, copied, main_file, merged_file
from casa.library.services.obliging import note_departures
from casa.library.services.reviews import propose_version
from casa.library.services.values import Proposal
from casa.notices import services as notices
from casa.registry import trail
from casa.registry.actor import Actor, actor_for
from casa.registry.trail import key_of
from casa.registry.words import of_body

LOCK = "library.taking"
PATIENCE = timedelta(minutes=2)


@transaction.atomic
def keep_choices(
    *,
    entry: Entry,
    trio: Trio,
    choices: Mapping[str, str],
    texts: Mapping[str, str],
    reasons: Mapping[str, str] | None = None,
    actor: Actor,
    now: datetime,
) -> Taking:
    """Write down what was chosen so far. Whoever writes for the body goes on from there."""
    if not access.may_write(actor, entry):
        raise Refused(_("Le novità le decide chi ha un mandato di redazione nell'ente."))
    Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    taking = Taking.objects.filter(entry=entry).first() or Taking(entry=entry)
    if taking.state == Taking.State.WORKING:
        raise Refused(_("Il documento è già in preparazione: aspetta qualche secondo."))
    taking.base, taking.ours, taking.theirs = trio.base, trio.ours, trio.theirs
    taking.choices, taking.texts = dict(choices), dict(texts)
    taking.reasons = dict(reasons or {})
    taking.state, taking.problem = Taking.State.OPEN, ""
    taking.person_id, taking.changed_at = actor.person_id, now
    taking.save()
    return taking


@transaction.atomic
def finish_choices(*, taking: Taking, desk: Desk, actor: Actor, now: datetime) -> None:
    """Everything is decided: nothing to write means it is done, else the worker writes it.

    What `desk` was made of is what is finished: a colleague's other choices refuse it.
    """
    if not _still_so(taking, actor):  # the second of two clicks
        return
    if desk.undecided:
        titles = ", ".join(f"«{row.title}»" for row in desk.undecided[:3])
        raise Refused(_("Decidi prima che cosa fare di %s.") % titles)
    if desk.unexplained:
        titles = ", ".join(f"«{row.title}»" for row in desk.unexplained[:3])
        raise Refused(_("Per la fonte è obbligatorio: %s. Scrivi perché non lo prendete.") % titles)
    if taking.entry.versions.exclude(state=Version.State.PUBLISHED).exists():
        raise Refused(
            _("C'è già una versione in lavorazione: completala o eliminala, poi torna qui.")
        )
    if all(row.choice == KEEP for row in desk.rows):
        _keep_ours(taking, desk, actor=actor, now=now)
        return
    taking.state = Taking.State.WORKING
    taking.save(update_fields=["state"])
    transaction.on_commit(lambda: tasks.take_news.enqueue(taking.pk))


@transaction.atomic
def keep_as_it_is(*, entry: Entry, trio: Trio, actor: Actor, now: datetime) -> None:
    """Where no clause can be compared: somebody has looked, and our text follows the newer version.

    Where clauses can be, they are decided one by one.
    """
    entry = Entry.objects.select_for_update(of=("self",)).select_related("body").get(pk=entry.pk)
    if not access.may_write(actor, entry):
        raise Refused(_("Le novità le decide chi ha un mandato di redazione nell'ente."))
    if entry.current_id != trio.ours.pk or desk_of_news(trio, None) is not None:
        raise Refused(_("Le due versioni si confrontano: decidi clausola per clausola."))
    _follow_newer(entry, trio, actor=actor, now=now)


def carry_out(*, taking_id: int, now: datetime) -> None:
    """Make the document and the version from what was decided. A problem is told on the page."""
    with locks.held(LOCK, taking_id) as mine:
        rows = Taking.objects.filter(pk=taking_id, state=Taking.State.WORKING)
        known = rows.select_related("entry__body", "entry__office", "base", "ours", "theirs")
        taking = known.first() if mine else None
        if taking is None:
            return
        try:
            _make_version(taking, now=now)
        except (Refused, jail.NoJail, jail.JailBroken) as problem:
            told = str(problem) if isinstance(problem, Refused) else _not_written()
            rows.update(state=Taking.State.FAILED, problem=told)
        except Exception:  # a bug, which surfaces; but the sweep does not ask for it for ever
            rows.update(state=Taking.State.FAILED, problem=_not_written())
            raise


def sweep_takings(*, now: datetime) -> int:
    """Ask again for documents that a killed worker left; how many. Safe to repeat."""
    left = Taking.objects.filter(state=Taking.State.WORKING, changed_at__lt=now - PATIENCE)
    ids = list(left.values_list("pk", flat=True))
    for taking_id in ids:
        tasks.take_news.enqueue(taking_id)
    return len(ids)


def _still_so(taking: Taking, actor: Actor) -> bool:
    """Whether there is still something to finish; refuses what is no longer what was read."""
    entry = (
        Entry.objects.select_for_update(of=("self",)).select_related("body").get(pk=taking.entry_id)
    )
    if not access.may_write(actor, entry):
        raise Refused(_("Le novità le decide chi ha un mandato di redazione nell'ente."))
    row = Taking.objects.filter(pk=taking.pk).first()
    if row is None or row.state == Taking.State.WORKING:
        return False
    if _said(row) != _said(taking):
        raise Refused(_("Intanto un collega ha cambiato le scelte: rileggile e salva di nuovo."))
    _refuse_overtaken(row, entry)
    return True


def _said(taking: Taking) -> tuple[object, ...]:
    return (
        taking.choices,
        taking.texts,
        taking.reasons,
        taking.base_id,
        taking.ours_id,
        taking.theirs_id,
    )


def _refuse_overtaken(taking: Taking, entry: Entry) -> None:
    """Choices are about two texts: neither may have been replaced, or taken back, meanwhile."""
    if entry.current_id != taking.ours_id:
        raise Refused(
            _("Intanto avete pubblicato un'altra versione: rileggi le novità e scegli di nuovo.")
        )
    if taking.theirs.audience == Audience.BODY:
        raise Refused(_("Intanto la fonte ha tenuto la novità per sé: non si può più prendere."))


def _keep_ours(taking: Taking, desk: Desk, *, actor: Actor, now: datetime) -> None:
    """We stay as we are, and know that we have seen it: the text follows the newer version."""
    note_departures(taking.ours, reasons=desk.reasons, now=now)
    _follow_newer(taking.entry, desk.trio, actor=actor, now=now)
    taking.delete()


def _follow_newer(entry: Entry, trio: Trio, *, actor: Actor, now: datetime) -> None:
    Basis.objects.filter(version=trio.ours).update(source_version=trio.theirs)
    Derivation.objects.filter(entry=entry).update(behind=0)
    trail.record("library.news.kept_ours", entry, actor=actor, body=entry.body, now=now)
    _settle(entry, _("Visto: il nostro testo resta com'è."), now=now)


def _make_version(taking: Taking, *, now: datetime) -> None:
    data, suffix = merged_file(taking)
    today = timezone.localdate(now)
    actor = actor_for(taking.person, on=today, acting_for=taking.entry.body_id)
    name = f"{Path(main_file(taking.ours).name).stem}-v{taking.entry.versions.count() + 1}"
    upload = brought_in(taking.entry, data, name=name, suffix=suffix, actor=actor, now=now)
    with transaction.atomic():
        entry = Entry.objects.select_for_update(of=("self",)).get(pk=taking.entry_id)
        _refuse_overtaken(taking, entry)
        version = open_version(
            entry=taking.entry,
            proposal=_proposal(taking, upload, actor=actor, now=now),
            actor=actor,
            now=now,
        )
        Basis.objects.update_or_create(version=version, defaults={"source_version": taking.theirs})
        if not note_departures(version, reasons=_reasons(taking), now=now):
            propose_version(version=version, actor=actor, now=now)
        _settle(entry, _("Novità della fonte prese nella versione %d.") % version.number, now=now)
        taking.delete()


def _reasons(taking: Taking) -> dict[str, str]:
    """Why compulsory clauses are not taken. What nobody was asked leaves the version a draft."""
    desk = desk_of_news(Trio(taking.base, taking.ours, taking.theirs), taking)
    return desk.reasons if desk else {}


def _proposal(taking: Taking, upload: Upload, *, actor: Actor, now: datetime) -> Proposal:
    theirs = taking.theirs
    said = {"n": theirs.number, "body": of_body(theirs.entry.body), "what": theirs.changes}
    annexes = copied(taking.entry, annexes_of(taking.ours), actor=actor, now=now)
    return Proposal(
        changes=_("Basata sulla versione %(n)d %(body)s: %(what)s") % said,
        why=theirs.why,
        effective_on=max(timezone.localdate(now), taking.ours.effective_on),
        audience=taking.ours.audience,
        uploads=[upload, *annexes],
    )


def _settle(entry: Entry, outcome: str, *, now: datetime) -> None:
    notices.settle_all(kinds=SOURCE_KINDS, keys=[key_of(entry)], outcome=outcome, now=now)


def _not_written() -> str:
    return _(
        "Il documento non si riesce a scrivere in automatico: scarica le revisioni dal confronto, "
        "accettale a mano e carica il file come nuova versione."
    )
