"""What the rows name that is there already: bodies, offices, persons, mandates."""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casa.registry import access
from casa.registry.actor import Actor
from casa.registry.models import Body, Mandate, Office, Person, Province
from casa.registry.services import accounts
from casa.registry.services.people_import.rows import Row

MADE_HERE = (Body.Kind.UNION, Body.Kind.OTHER)  # the others come with the territory


@dataclass(slots=True)
class Known:
    """What stands in the register, read once for the whole file."""

    bodies: dict[str, list[Body]] = field(default_factory=lambda: defaultdict(list))
    provinces: dict[str, Province] = field(default_factory=dict)
    offices: dict[tuple[int, str], Office] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    nobodies: dict[str, Person] = field(default_factory=dict)  # signed up, never confirmed
    mandates: dict[tuple[int, int, str], list[Mandate]] = field(
        default_factory=lambda: defaultdict(list)
    )


def plain(name: str) -> str:
    """A name as one compares it: no accents, capitals, double blanks or typographic apostrophes."""
    letters = unicodedata.normalize("NFKD", name.replace("’", "'")).casefold()
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def read_known(rows: list[Row]) -> Known:
    """Read what the rows may name. Six queries, however long the file."""
    known = Known()
    named = {plain(name) for row in rows for name in _names(row)}
    for body in Body.objects.in_use().select_related("province"):
        if plain(body.name) in named:
            known.bodies[plain(body.name)].append(body)
    for province in Province.objects.filter(valid_to=None):
        known.provinces[province.sigla] = province
    bodies = [body for found in known.bodies.values() for body in found]
    for office in Office.objects.filter(body__in=bodies):
        known.offices[office.body_id, plain(office.name)] = office
        if office.is_default:
            known.offices[office.body_id, ""] = office
    emails = {row.email for row in rows if row.email}
    _read_persons(known, emails)
    for mandate in Mandate.objects.filter(body__in=bodies, person__in=known.persons.values()):
        key = (mandate.person_id, mandate.body_id, mandate.role)
        known.mandates[key].append(mandate)
    return known


def _read_persons(known: Known, emails: set[str]) -> None:
    named = Person.objects.filter(email__in=emails)
    unproved = set(accounts.unproved(named).values_list("pk", flat=True))
    for person in named:
        nobody = person.pk in unproved and person.is_active
        (known.nobodies if nobody else known.persons)[person.email.lower()] = person


def body_of(row: Row, known: Known) -> Body | None:
    """The one body a row names; None with a mistake, or where it is to be made."""
    found = [body for name in _names(row) for body in known.bodies.get(plain(name), [])]
    if row["provincia"]:
        sigla = row["provincia"].upper()
        if sigla not in known.provinces:
            row.wrong(
                "provincia", _("«%(sigla)s» non è la sigla di una Provincia") % {"sigla": sigla}
            )
            return None
        found = [body for body in found if body.province and body.province.sigla == sigla]
    if row.kind:
        found = [body for body in found if body.kind == row.kind]
    if len(found) > 1:
        row.wrong(
            "provincia",
            _("ci sono %(count)s enti con questo nome: scrivi la sigla della Provincia")
            % {"count": len(found)},
        )
        return None
    if not found and row["ente"] and row.kind not in MADE_HERE:
        row.wrong(
            "ente",
            _(
                "«%(name)s» non è fra gli enti della rete. Controlla il nome nella pagina Rete; "
                "un'Unione o un altro ente si crea scrivendolo nella colonna «tipo»"
            )
            % {"name": row["ente"]},
        )
    return found[0] if found else None


def check_office(row: Row, body: Body | None, known: Known) -> None:
    office = known.offices.get((body.pk, plain(row["ufficio"]))) if body else None
    if office and office.closed_on:
        row.wrong("ufficio", _("è un ufficio chiuso: scegline un altro"))


def check_person(row: Row, body: Body | None, known: Known, actor: Actor) -> None:
    """A person that is there already may be closed, hold the role, or be who imports."""
    person = known.persons.get(row.email)
    if person is None:
        return
    if not person.is_active:
        row.wrong("email", _("l'accesso di questa persona è chiuso"))
    if body is None or not row.role:
        return
    if not actor.system and not access.may_give_role(
        actor, row.role, person_id=person.pk, body=body
    ):
        row.wrong("ruolo", _("nessuno può dare a sé stesso un ruolo: chiedilo a un'altra persona"))


def held_already(row: Row, person: Person, body: Body, known: Known, *, today: date) -> bool:
    """Whether the person holds, or will hold, that role in that body."""
    mandates = known.mandates.get((person.pk, body.pk, row.role), [])
    starts_on = row.starts_on or today
    return any(m.ends_on is None or m.ends_on >= max(starts_on, today) for m in mandates)


def check_days(row: Row, body: Body | None, known: Known, *, today: date) -> None:
    """A role that ended is given again only from a later day."""
    person = known.persons.get(row.email)
    if not (person and body and row.role) or held_already(row, person, body, known, today=today):
        return
    starts_on = row.starts_on or today
    for mandate in known.mandates.get((person.pk, body.pk, row.role), []):
        if mandate.ends_on and mandate.ends_on >= starts_on:
            row.wrong(
                "dal",
                _("questo ruolo è finito il %(day)s: scegli un giorno dopo")
                % {"day": date_format(mandate.ends_on, "j F Y")},
            )


def _names(row: Row) -> list[str]:
    """How a body may be called: as written, and with «Comune di» before it."""
    name = row["ente"]
    return [name, f"Comune di {name}"] if row.kind == Body.Kind.MUNICIPALITY else [name]
