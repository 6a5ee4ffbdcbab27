"""A source with many copies, made by the services themselves: bodies, authors, followers, texts.

Every fourth copy says one article otherwise. Ten clauses of each text cite the norm that a campaign
will change.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ARTICLES, COMMAS = 40, 3
CITING = 10
EVERY = 4
ACT, ARTICLE = "d.lgs. 36/2023", "50"


@dataclass
class House:
    """Who plays a part: the source's author and reviewer, the source, who reads."""

    source: Any
    author: Any
    reviewer: Any
    reader: Any
    manager: Any


def text(*, changed: int = 0, issue: int = 1) -> str:
    """The document; `changed` is the article that a body says otherwise."""
    lines = ["Capitolato di prova"]
    for number in range(1, ARTICLES + 1):
        commas = range(1, COMMAS + 1)
        lines.append(f"Art. {number} – Prestazione")
        lines += [f"{comma}. {_comma(number, comma, changed, issue)}" for comma in commas]
    return "\n\n".join(lines)


def _comma(number: int, comma: int, changed: int, issue: int) -> str:
    cites = " ai sensi dell'art. 50, comma 1, del d.lgs. 36/2023"
    own = " come dice il regolamento dell'ente" if number == changed and comma == 1 else ""
    new = f" secondo la versione {issue}" if issue > 1 and number in (5, 9) else ""
    said = cites if comma == 1 and number <= CITING else ""
    return (
        f"Il servizio numero {number} si svolge nei giorni feriali{said}{own}{new}, con il "
        f"personale e i mezzi che l'allegato {comma} descrive, e si paga a misura ogni tre mesi."
    )


def opened() -> House:
    """A Province with a published text, and the people."""
    from casa.registry.models import Mandate
    from tests.factories import BodyFactory
    from tests.library.makers import EntryFactory

    body = BodyFactory(kind="province", name="Provincia di misura")
    author, reviewer = actor("author", body), actor("reviewer", body)
    entry = EntryFactory(
        body=body, title="Capitolato di misura", audience="network", slug="capitolato-di-misura"
    )
    house = House(entry, author, reviewer, actor(Mandate.Role.READER), actor(network="manager"))
    published(house, proposed(entry, author, text(), audience="network"))
    return house


def actor(role: str = "", body: Any = None, network: str = "") -> Any:
    """Somebody with a role, as the pages know them."""
    from django.utils import timezone

    from casa.registry.actor import actor_for
    from tests.factories import BodyFactory, MandateFactory, NetworkRoleFactory, PersonFactory

    made = PersonFactory()
    if role:
        body = body or BodyFactory()
        MandateFactory(person=made, body=body, role=role)
    if network:
        NetworkRoleFactory(person=made, role=network)
    return actor_for(made, on=timezone.localdate(), acting_for=body.pk if body else None)


def proposed(entry: Any, author: Any, words: str, *, audience: str) -> Any:
    """A new version of an entry, sent to whom it may concern."""
    from django.utils import timezone

    from casa.library import services
    from tests.library.makers import UploadFactory

    now = timezone.now()
    proposal = services.Proposal(
        changes="Cambia il servizio.",
        why="Misura",
        effective_on=timezone.localdate(),
        audience=audience,
        uploads=[UploadFactory(body=entry.body, text=words)],
    )
    draft = services.open_version(entry=entry, proposal=proposal, actor=author, now=now)
    return services.propose_version(version=draft, actor=author, now=now)


def published(house: House, version: Any) -> Any:
    """What the reviewer does on the page."""
    from django.utils import timezone

    from casa.library import services

    done = services.publish_version(
        version=version,
        checklist=[],
        waivers=[],
        note="",
        actor=house.reviewer,
        now=timezone.now(),
    )
    house.source.refresh_from_db()
    return done


def copied(house: House, numbers: range) -> Iterator[int]:
    """Copies one by one: a body adapts, publishes for itself, its author follows the source."""
    from django.utils import timezone

    from casa.library import services
    from casa.notices import services as notices
    from casa.notices.things import Thing
    from casa.registry.trail import key_of
    from tests.factories import BodyFactory

    thing = Thing(key_of(house.source), house.source.title, house.source.get_absolute_url())
    for number in numbers:
        body = BodyFactory()
        author, now = actor("author", body), timezone.now()
        office = body.offices.get()
        draft = services.derive(
            source=house.source, title=f"Copia {number}", office=office, actor=author, now=now
        )
        entry = services.propose_version(version=draft, actor=author, now=now).entry
        if number % EVERY == 0:
            words = text(changed=1 + number // EVERY % ARTICLES)
            proposed(entry, author, words, audience="body")
        notices.follow(thing=thing, cadence="weekly", actor=author, now=now)
        yield number
