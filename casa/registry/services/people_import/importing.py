"""Checking the file as a whole, and writing it in one transaction."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry import access, tasks, trail
from casa.registry.actor import Actor
from casa.registry.models import Body, Mandate, Office, Person
from casa.registry.services import accounts
from casa.registry.services.bodies import NewBody, create_bodies
from casa.registry.services.people_import import matching
from casa.registry.services.people_import.matching import Known, plain
from casa.registry.services.people_import.rows import Mistake, Row, read_rows
from casa.registry.services.tenure import told

KINDS = ("bodies", "offices", "persons", "mandates", "already_there")


@dataclass(slots=True)
class Outcome:
    """What an import did, or would do, or why it did nothing."""

    rows: int = 0
    mistakes: list[Mistake] = field(default_factory=list)
    made: Counter[str] = field(default_factory=Counter)
    written: bool = False

    @property
    def told(self) -> str:
        """What was made, in a sentence."""
        return _(
            "Enti nuovi: %(bodies)s. Uffici nuovi: %(offices)s. Persone nuove: %(persons)s. "
            "Mandati nuovi: %(mandates)s. C'erano già: %(already_there)s."
        ) % {name: self.made[name] for name in KINDS}


def import_people(
    content: bytes, *, actor: Actor, now: datetime, dry_run: bool, tell_by_mail: bool = False
) -> Outcome:
    """Check the file and, unless it is a trial or has a mistake, write all of it.

    A trial does everything and takes it back, so it tells exactly what would happen. Repeating an
    import changes nothing: what is there already is counted as such.
    """
    if not access.may_import(actor):
        raise Refused(_("Enti e persone li importa solo chi gestisce la rete."))
    rows = read_rows(content)
    outcome = Outcome(rows=len(rows))
    today = timezone.localdate(now)
    with transaction.atomic():
        list(Body.objects.select_for_update().filter(kind=Body.Kind.NETWORK))  # one at a time
        known = matching.read_known(rows)
        outcome.mistakes = _mistakes(rows, known, actor=actor, today=today)
        if outcome.mistakes:
            return outcome
        _write(rows, known, outcome, actor=actor, now=now, tell_by_mail=tell_by_mail)
        outcome.written = not dry_run
        transaction.set_rollback(dry_run)
    return outcome


def _mistakes(rows: list[Row], known: Known, *, actor: Actor, today: date) -> list[Mistake]:
    names: dict[str, tuple[int, str]] = {}
    for row in rows:
        body = matching.body_of(row, known)
        matching.check_office(row, body, known)
        matching.check_person(row, body, known, actor)
        matching.check_days(row, body, known, today=today)
        _check_same_name(row, names)
    return [mistake for row in rows for mistake in row.mistakes]


def _check_same_name(row: Row, names: dict[str, tuple[int, str]]) -> None:
    """One address is one person: two names for it are a slip of the copy-and-paste."""
    if not row.email:
        return
    name = plain(f"{row['nome']} {row['cognome']}")
    line, first = names.setdefault(row.email, (row.line, name))
    if first != name:
        row.wrong(
            "email", _("alla riga %(line)s questo indirizzo ha un altro nome") % {"line": line}
        )


def _write(
    rows: list[Row],
    known: Known,
    outcome: Outcome,
    *,
    actor: Actor,
    now: datetime,
    tell_by_mail: bool,
) -> None:
    touched: dict[Body, Counter[str]] = defaultdict(Counter)
    newcomers: list[Person] = []
    for row in rows:
        made: Counter[str] = Counter()
        body = _body(row, known, made)
        office = _office(row, body, known, made)
        if row.has_person:
            person = _person(row, known, made)
            if made["persons"]:
                newcomers.append(person)
            _mandate(row, person, office, known, made, actor=actor, now=now)
        touched[body].update(made)
        outcome.made.update(made)
    _record(touched, actor=actor, now=now)
    if tell_by_mail:
        _tell(newcomers)


def _body(row: Row, known: Known, made: Counter[str]) -> Body:
    body = matching.body_of(row, known)
    if body is not None:
        return body
    province = known.provinces.get(row["provincia"].upper())
    above = Body.objects.in_use().filter(kind=Body.Kind.PROVINCE, province=province)
    [body] = create_bodies(
        [
            NewBody(
                kind=Body.Kind(row.kind),
                name=row["ente"],
                sigla=province.sigla if province else "",
                province=province,
                province_body=above.first() if province else None,
            )
        ]
    )
    known.bodies[plain(body.name)].append(body)
    known.offices[body.pk, ""] = body.offices.get(is_default=True)
    made["bodies"] += 1
    return body


def _office(row: Row, body: Body, known: Known, made: Counter[str]) -> Office:
    key = (body.pk, plain(row["ufficio"]))
    if key not in known.offices:
        known.offices[key] = Office.objects.create(body=body, name=row["ufficio"])
        made["offices"] += 1
    return known.offices[key]


def _person(row: Row, known: Known, made: Counter[str]) -> Person:
    """Who the row names. A sign-up that nobody confirmed counts as nobody (see `accounts`)."""
    if row.email not in known.persons:
        names = {"given_name": row["nome"], "family_name": row["cognome"]}
        person = known.nobodies.pop(row.email, None)
        person = person or Person.objects.create_user(row.email, **names)
        accounts.take_over(person=person, **names)
        known.persons[row.email] = person
        made["persons"] += 1
    return known.persons[row.email]


def _mandate(
    row: Row,
    person: Person,
    office: Office,
    known: Known,
    made: Counter[str],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Give the mandate of a row, with the line that says who has got what role."""
    today = timezone.localdate(now)
    if matching.held_already(row, person, office.body, known, today=today):
        made["already_there"] += 1
        return
    mandate = Mandate.objects.create(
        person=person,
        body_id=office.body_id,
        office=office,
        role=row.role,
        starts_on=row.starts_on or today,
        ends_on=row.ends_on,
    )
    trail.record(
        "registry.mandate.granted",
        mandate,
        actor=actor,
        body=office.body,
        now=now,
        **told(mandate),
    )
    known.mandates[person.pk, office.body_id, row.role].append(mandate)
    made["mandates"] += 1


def _record(touched: dict[Body, Counter[str]], *, actor: Actor, now: datetime) -> None:
    """One line for each body, so that its administrators see what was done to it."""
    for body, made in touched.items():
        new = {name: number for name, number in made.items() if name != "already_there" and number}
        if new:
            trail.record(
                "registry.people.imported", body, actor=actor, body=body, now=now, made=new
            )


def _tell(newcomers: list[Person]) -> None:
    for person in newcomers:
        transaction.on_commit(partial(tasks.mail_welcome.enqueue, person_id=person.pk))
