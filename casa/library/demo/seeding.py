"""The demonstration's entries, made as people make them: received, inspected, reviewed."""

from collections.abc import Callable
from datetime import datetime
from itertools import cycle

from django.core.files.base import ContentFile
from django.utils import timezone

from casa.foundation.jail import Jail, jail_in_force
from casa.intake import services as intake
from casa.intake.models import Upload
from casa.library import services
from casa.library.demo.documents import as_docx
from casa.library.demo.texts import Text, texts
from casa.library.forms.reviews import QUESTIONS
from casa.library.models import Entry
from casa.library.models.choices import Audience, Licence
from casa.registry.actor import Actor, actor_for
from casa.registry.models import Body, Mandate, Person, Pillar

Tell = Callable[[str], None]


def seed(tell: Tell) -> None:
    """Publish one entry per text, in turn for each demonstration Province; once only.

    Without a jail no file is read: then each start would only add files that are rejected.
    """
    provinces = list(Body.objects.in_use().filter(is_demo=True, kind=Body.Kind.PROVINCE))
    if not provinces or Entry.objects.filter(body__is_demo=True).exists():
        return
    if jail_in_force() is Jail.NONE:
        tell(f"Nessuna scheda dimostrativa. {Jail.NONE.sentence}")
        return
    tell("Schede dimostrative")
    for text, body in zip(texts(), cycle(provinces), strict=False):
        _publish(text, body=body, now=timezone.now())


def _publish(text: Text, *, body: Body, now: datetime) -> None:
    author, reviewer = _somebody(body, Mandate.Role.AUTHOR), _somebody(body, Mandate.Role.REVIEWER)
    if author is None or reviewer is None:
        return
    upload = _received(text, body=body, actor=author, now=now)
    if upload.state != Upload.State.CLEARED:
        return
    version = services.open_entry(
        card=_card(text, body), proposal=_proposal(upload, now), body=body, actor=author, now=now
    )
    version = services.propose_version(version=version, actor=author, now=now)
    services.publish_version(
        version=version,
        checklist=[services.Answer(str(question), yes=True) for _, question in QUESTIONS],
        waivers=[],
        note="",
        actor=reviewer,
        now=now,
    )


def _somebody(body: Body, role: Mandate.Role) -> Actor | None:
    """Whoever holds the role today, acting for the body."""
    today = timezone.localdate()
    mandates = Mandate.objects.in_force(on=today).filter(body=body, role=role)
    person = Person.objects.filter(mandates__in=mandates).order_by("pk").first()
    return actor_for(person, on=today, acting_for=body.pk) if person else None


def _received(text: Text, *, body: Body, actor: Actor, now: datetime) -> Upload:
    """Through the quarantine like any other file; the worker may not be there yet."""
    office = body.offices.get(is_default=True)
    file = ContentFile(as_docx(text), name=text.name)
    (upload,) = intake.receive(files=[file], body=body, office=office, actor=actor, now=now)
    intake.inspect(upload_id=upload.pk, now=now)
    upload.refresh_from_db()
    return upload


def _card(text: Text, body: Body) -> services.Card:
    fields = {**text.card, "pillar": Pillar.objects.get(code=text.card["pillar"])}
    office = body.offices.get(is_default=True)
    return services.Card(office=office, licence=Licence.CC_BY, **fields)


def _proposal(upload: Upload, now: datetime) -> services.Proposal:
    return services.Proposal(
        changes="Prima versione dimostrativa.",
        why="Mostrare come si legge, si cerca e si scarica un modello.",
        effective_on=timezone.localdate(now),
        audience=Audience.PUBLIC,
        uploads=[upload],
    )
