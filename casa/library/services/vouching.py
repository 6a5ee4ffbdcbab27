"""«Ha funzionato?»: bodies tell, authors answer; experts of other bodies vouch for a version."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.library import access, cards
from casa.library.models import Adoption, Endorsement, Entry, Experience, Version
from casa.library.models.choices import Audience
from casa.library.queries.vouching import has_used
from casa.notices import services as notices
from casa.notices.models import Duty
from casa.notices.services import Owed, Told
from casa.registry import trail
from casa.registry.actor import Actor
from casa.registry.models import Body, Mandate, Office
from casa.registry.trail import key_of

EXPERIENCE = "library.experience"
ANSWERED = "library.experience_answered"


@transaction.atomic
def tell_experience(
    *, entry: Entry, outcome: str, why: str, office: Office, actor: Actor, now: datetime
) -> Experience:
    """Say how it went for the body acted for; once per body, changed by saying it again.

    Whoever had to change it, or for whom it did not work, is owed an answer by the authors, where
    there are any here. An answer to what is no longer said goes with it.
    """
    entry = Entry.objects.select_for_update(of=("self",)).select_related("current").get(pk=entry.pk)
    _refuse_teller(entry, why, office, actor)
    row = Experience.objects.filter(entry=entry, body=office.body).first()
    row = row or Experience(entry=entry, body=office.body)
    row.office, row.outcome, row.why, row.told_at = office, outcome, why.strip(), now
    row.version, row.answer, row.answered_at = _version_used(entry, office.body), "", None
    row.save()
    _settle(row, _("Ha raccontato di nuovo com'è andata."), kind=ANSWERED, now=now)
    trail.record(
        "library.experience.told", entry, actor=actor, body=row.body, now=now, outcome=outcome
    )
    if outcome == Experience.Outcome.YES:
        _settle(row, _("Ora dice che ha funzionato."), now=now)
    elif not entry.is_received:
        notices.owe(_owed(row), now=now)
    return row


@transaction.atomic
def answer_experience(
    *, experience: Experience, answer: str, actor: Actor, now: datetime
) -> Experience:
    """The authors of the text answer; the office that told is told of it, all members read it."""
    rows = Experience.objects.select_for_update(of=("self",)).select_related("entry__body", "body")
    row = rows.get(pk=experience.pk)
    if not access.may_write(actor, row.entry):
        raise Refused(_("Risponde chi ha un mandato di redazione nell'ente che ha pubblicato."))
    if not answer.strip():
        raise Refused(_("Scrivi la risposta: la leggono gli enti che usano il testo."))
    row.answer, row.answered_at = answer.strip(), now
    row.save(update_fields=["answer", "answered_at"])
    trail.record(
        "library.experience.answered", row.entry, actor=actor, body=row.entry.body, now=now
    )
    _settle(row, _("Risposto a %s.") % row.body, now=now)
    _tell_answer(row, now=now)
    return row


def read_by_duty(_duty: Duty, _actor: Actor, _now: datetime) -> str:
    """The office that told has read the answer."""
    return _("Risposta letta.")


@transaction.atomic
def endorse(*, version: Version, criteria: str, actor: Actor, now: datetime) -> Endorsement:
    """An expert of another body vouches for a version, and says what was checked.

    A colleague's words stay: each expert keeps their own.
    """
    rows = Version.objects.select_for_update(of=("self",)).select_related("entry__body")
    version = rows.get(pk=version.pk)
    if not access.may_endorse(actor, version):
        raise Refused(
            _(
                "Valida un testo pubblicato chi rivede per un altro ente o per la rete, e non ci "
                "ha lavorato."
            )
        )
    if not criteria.strip():
        raise Refused(_("Scrivi che cosa hai controllato: sta accanto alla validazione."))
    row, _new = Endorsement.objects.update_or_create(
        version=version,
        body=_expert_body(actor),
        person_id=actor.person_id,
        defaults={"criteria": criteria.strip(), "made_at": now},
    )
    trail.record("library.version.endorsed", version, actor=actor, body=row.body, now=now)
    return row


@transaction.atomic
def take_back_endorsement(*, endorsement: Endorsement, actor: Actor, now: datetime) -> None:
    """Whoever vouched does so no longer; the trail keeps both."""
    if not access.may_take_back(actor, endorsement):
        raise Refused(_("La toglie chi l'ha data, o chi gestisce la rete."))
    trail.record(
        "library.version.unendorsed",
        endorsement.version,
        actor=actor,
        body=endorsement.body,
        now=now,
        criteria=endorsement.criteria,
    )
    endorsement.delete()


def _refuse_teller(entry: Entry, why: str, office: Office, actor: Actor) -> None:
    if not access.may_adopt(actor, entry) or office.body_id != actor.acting_for:
        raise Refused(
            _("Lo dice chi scrive o amministra per un ente diverso da quello che l'ha pubblicato.")
        )
    if not has_used(office.body_id, entry):
        raise Refused(_("Il tuo ente non l'ha ancora usato né scaricato: dillo dopo averlo usato."))
    if not why.strip():
        raise Refused(_("Scrivi com'è andata: serve agli altri enti e a chi lo ha scritto."))


def _version_used(entry: Entry, body: Body) -> Version:
    known = Adoption.objects.filter(entry=entry, body=body).select_related("version").first()
    version = known.version if known and known.version else entry.current
    if version is None:
        raise Refused(_("La scheda non è pubblicata: non c'è ancora niente da provare."))
    return version


def _expert_body(actor: Actor) -> Body:
    """The body the expert reviews for, else the network itself."""
    own = actor.acting_for
    if own is not None and actor.may_act_as(Mandate.Role.REVIEWER, body_id=own):
        return Body.objects.get(pk=own)
    network = Body.objects.filter(kind=Body.Kind.NETWORK, is_demo=False, closed_on=None).first()
    if network is None:
        raise Refused(_("Scegli prima per quale ente operi: la validazione porta il suo nome."))
    return network


def _owed(row: Experience) -> Owed:
    said = {"body": row.body, "title": row.entry.title, "outcome": row.get_outcome_display()}
    return Owed(
        office_id=row.entry.office_id,
        kind=EXPERIENCE,
        key=key_of(row),
        title=_("%(body)s ha usato «%(title)s». Ha funzionato? %(outcome)s") % said,
        notes=[row.why],
        url=reverse("library:answer_experience", args=[row.entry.slug, row.pk]),
        action=_("Rispondi"),
    )


def _tell_answer(row: Experience, *, now: datetime) -> None:
    """The office that told owes the reading of it; its colleagues who follow the text are told."""
    said = {"body": row.entry.body, "title": row.entry.title}
    title = _("%(body)s risponde a quello che avete scritto di «%(title)s»") % said
    url = reverse("library:experiences", args=[row.entry.slug])
    answer = Owed(
        office_id=row.office_id,
        kind=ANSWERED,
        key=key_of(row),
        title=title,
        notes=[row.answer],
        url=url,
        action=_("Leggi la risposta"),
    )
    notices.owe(answer, now=now)
    token = cards.audience_tokens(Audience.BODY, body_id=row.body_id)[0]
    told = Told(
        keys=[key_of(row.entry)],
        kind=ANSWERED,
        title=title,
        summary=row.answer,
        url=url,
        token=token,
    )
    notices.tell(told, now=now)


def _settle(row: Experience, outcome: str, *, now: datetime, kind: str = EXPERIENCE) -> None:
    notices.settle(kind=kind, key=key_of(row), outcome=outcome, now=now)
