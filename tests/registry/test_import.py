"""Bringing bodies and persons in from a CSV file: a trial, then all or nothing."""

from datetime import date

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from casa.foundation.errors import Refused
from casa.registry.actor import SYSTEM
from casa.registry.models import Body, Mandate, Office, Person, TrailLine
from casa.registry.services.people_import import import_people
from tests.factories import (
    BodyFactory,
    MandateFactory,
    OfficeFactory,
    PersonFactory,
    ProvinceFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/rete/importa/"
HEADER = "ente;tipo;provincia;ufficio;nome;cognome;email;ruolo;dal;al"
ADA = "Comune di Qui;;;Ufficio tecnico;Ada;Prova;Ada.Prova@qui.example;Redazione;01/02/2026;"
ROSA = "Comune di Qui;;;;Rosa;Prova;rosa@qui.example;amministrazione;;"
UNION = "Unione dei Colli;Unione di Comuni;QU;;;;;;;"


@pytest.fixture
def here():
    place = ProvinceFactory(sigla="QU", name="Quaggiù")
    above = BodyFactory(kind="province", name="Provincia di Quaggiù", province=place)
    return BodyFactory(name="Comune di Qui", province=place, province_body=above)


def file_of(*rows, encoding="utf-8"):
    return "\r\n".join([HEADER, *rows, ""]).encode(encoding)


def bring_in(*rows, dry_run=False, actor=SYSTEM, content=None, **options):
    return import_people(
        content or file_of(*rows), actor=actor, now=timezone.now(), dry_run=dry_run, **options
    )


def everything():
    return tuple(model.objects.count() for model in (Body, Office, Person, Mandate, TrailLine))


def test_bodies_offices_persons_and_mandates_come_in_together(here):
    outcome = bring_in(ADA, ROSA, UNION)

    assert outcome.told == (
        "Enti nuovi: 1. Uffici nuovi: 1. Persone nuove: 2. Mandati nuovi: 2. C'erano già: 0."
    )
    ada = Mandate.objects.get(person__email="ada.prova@qui.example")
    assert (ada.body, ada.office.name, ada.role) == (here, "Ufficio tecnico", "author")
    assert ada.starts_on == date(2026, 2, 1)
    rosa = Mandate.objects.get(person__email="rosa@qui.example")
    assert rosa.office.is_default
    assert rosa.starts_on == timezone.localdate()
    union = Body.objects.get(name="Unione dei Colli")
    assert (union.kind, union.province_body) == ("union", here.province_body)
    assert union.offices.get().is_default


def test_persons_come_in_without_a_password_but_may_get_one(here):
    bring_in(ADA)
    ada = Person.objects.get(email="ada.prova@qui.example")

    assert ada.is_active
    assert not ada.has_usable_password()


def test_each_body_hears_of_it_in_its_trail(here):
    bring_in(ADA, ROSA, UNION)
    lines = TrailLine.objects.filter(act="registry.people.imported").order_by("subject_name")

    assert [(line.body.name, line.details["made"]) for line in lines] == [
        ("Comune di Qui", {"offices": 1, "persons": 2, "mandates": 2}),
        ("Unione dei Colli", {"bodies": 1}),
    ]


def test_a_trial_tells_what_would_happen_and_changes_nothing(here):
    before = everything()
    outcome = bring_in(ADA, ROSA, UNION, dry_run=True, tell_by_mail=True)

    assert outcome.made["persons"] == 2
    assert not outcome.written
    assert everything() == before
    assert mail.outbox == []


def test_bringing_the_same_file_in_again_changes_nothing(here):
    bring_in(ADA, ROSA, UNION)
    before = everything()
    outcome = bring_in(ADA, ROSA, UNION)

    assert outcome.told == (
        "Enti nuovi: 0. Uffici nuovi: 0. Persone nuove: 0. Mandati nuovi: 0. C'erano già: 2."
    )
    assert everything() == before


def test_one_mistake_keeps_everything_out(here):
    before = everything()
    outcome = bring_in(ADA, ROSA.replace("rosa@qui.example", "rosa"))

    assert [str(mistake) for mistake in outcome.mistakes] == [
        "Riga 3, colonna «email»: «rosa» non è un indirizzo e-mail"
    ]
    assert everything() == before


@pytest.mark.parametrize(
    ("row", "mistake"),
    [
        (";;;;Ada;Prova;a@q.example;Lettura;;", ("ente", "scrivi il nome dell'ente")),
        ("Comune di Boh;;;;;;;;;", ("ente", "«Comune di Boh» non è fra gli enti della rete.")),
        ("Comune di Qui;Ministero;;;;;;;;", ("tipo", "«Ministero» non si conosce.")),
        ("Comune di Qui;;XX;;;;;;;", ("provincia", "«XX» non è la sigla di una Provincia")),
        ("Comune di Qui;;;Chiuso;;;;;;", ("ufficio", "è un ufficio chiuso")),
        ("Comune di Qui;;;;Ada;;a@q.example;Lettura;;", ("cognome", "manca")),
        ("Comune di Qui;;;;Ada;P;;Lettura;;", ("email", "manca")),
        ("Comune di Qui;;;;Ada;P;a@q.example;Capo;;", ("ruolo", "«Capo» non si conosce.")),
        ("Comune di Qui;;;;Ada;P;a@q.example;;;", ("ruolo", "manca")),
        ("Comune di Qui;;;;Ada;P;a@q.example;Lettura;31/02/2026;", ("dal", "«31/02/2026» non è")),
        ("Comune di Qui;;;;Ada;P;a@q.example;Lettura;2026-02-02;2026-01-01", ("al", "viene prima")),
        (f"{'x' * 201};Altro ente;;;;;;;;", ("ente", "è più lungo di 200 caratteri")),
        (
            "Comune di Qui;;;;Ada;P;via@q.example;Lettura;;",
            ("email", "l'accesso di questa persona"),
        ),
        (
            "Comune di Qui;;;;Ex;P;ex@q.example;Lettura;01/06/2020;",
            ("dal", "questo ruolo è finito"),
        ),
        ("Comune di Qui;Provincia;;;;;;;;", ("ente", "«Comune di Qui» non è fra gli enti")),
    ],
)
def test_every_mistake_names_its_line_and_column(here, row, mistake):
    OfficeFactory(body=here, name="Chiuso", closed_on=date(2026, 1, 1))
    PersonFactory(email="via@q.example", is_active=False)
    MandateFactory(
        body=here, person=PersonFactory(email="ex@q.example"), ends_on=date(2020, 12, 31)
    )
    [found] = bring_in(row).mistakes

    assert (found.line, found.column) == (2, mistake[0])
    assert found.sentence.startswith(mistake[1])


def test_two_bodies_of_one_name_want_the_sigla(here):
    other = BodyFactory(name="Comune di Qui", province=ProvinceFactory(sigla="LA"))
    [mistake] = bring_in(ADA).mistakes

    assert mistake.sentence == "ci sono 2 enti con questo nome: scrivi la sigla della Provincia"
    bring_in(ADA.replace("Comune di Qui;;;", "comune di QUI;;la;"))
    assert Mandate.objects.get().body == other


def test_one_address_with_two_names_is_a_slip(here):
    [mistake] = bring_in(ADA, ADA.replace("Ada;Prova", "Ida;Prova")).mistakes

    assert (mistake.line, mistake.sentence) == (3, "alla riga 2 questo indirizzo ha un altro nome")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "I titoli delle colonne devono essere"),
        (b"\x00\x01\x02\xff" * 100, "I titoli delle colonne devono essere"),
        (b"nome;email\nAda;a@q.example\n", "I titoli delle colonne devono essere"),
        (b"ente;stipendio\nComune di Qui;1\n", "I titoli delle colonne devono essere"),
        (HEADER.encode(), "Il file non ha nessuna riga"),
        (file_of(*[UNION] * 5001), "Il file ha più di 5.000 righe"),
        (b"ente\n" + b"x" * 2 * 1024 * 1024, "Il file supera 2 MB"),
        (b"ente\n" + b"x" * 200_000, "Il file non è un CSV"),
    ],
    ids=[
        "empty",
        "binary",
        "no ente",
        "unknown column",
        "no row",
        "too long",
        "too big",
        "one cell",
    ],
)
def test_what_is_no_such_table_is_refused_in_one_sentence(here, content, sentence):
    with pytest.raises(Refused, match=sentence):
        bring_in(content=content or b"\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ","])
def test_files_of_any_spreadsheet_are_read(here, encoding, separator):
    rows = "\n".join([HEADER, ADA.replace("Ada;Prova", "Niccolò;Però")]).replace(";", separator)
    bring_in(content=rows.encode(encoding))

    assert Person.objects.get(given_name="Niccolò").family_name == "Però"


def test_a_formula_comes_in_as_text_and_goes_nowhere(here):
    bring_in(ADA.replace("Ufficio tecnico", "'=1+1"))

    assert Office.objects.filter(body=here, name="=1+1").exists()


def test_nobody_gives_oneself_a_role_by_a_file(here, person):
    manager = person(network="manager")
    own = Person.objects.get(pk=manager.id)
    row = f"Comune di Qui;;;;{own.given_name};{own.family_name};{own.email};Revisione;;"
    [mistake] = bring_in(row, actor=manager).mistakes

    assert mistake.sentence.startswith("nessuno può dare a sé stesso un ruolo")


@pytest.mark.parametrize("role", ["reader", "administrator"])
def test_only_who_manages_the_network_brings_a_file_in(here, person, role):
    with pytest.raises(Refused, match="solo chi gestisce la rete"):
        bring_in(ADA, actor=person(role, here))


def test_new_persons_are_written_how_to_get_in_when_asked(here, django_capture_on_commit_callbacks):
    PersonFactory(email="rosa@qui.example")
    with django_capture_on_commit_callbacks(execute=True):
        bring_in(ADA, ROSA, tell_by_mail=True)

    [message] = mail.outbox
    assert message.to == ["ada.prova@qui.example"]
    assert "/accesso/" in message.body
    assert "Comune di Qui" in message.body


def upload(client, content, **fields):
    return client.post(PAGE, {"file": SimpleUploadedFile("enti.csv", content), **fields})


def test_the_page_tries_first_and_then_brings_in(client, login, person, here):
    login(client, person(network="manager"))
    before = everything()
    tried = upload(client, file_of(ADA), **{"try": "1"})

    assert tried.status_code == 200
    assert "Nulla è stato ancora cambiato" in tried.content.decode()
    assert everything() == before
    response = upload(client, file_of(ADA), **{"import": "1"})
    assert response.status_code == 302
    assert Mandate.objects.filter(body=here).count() == 1
    assert "Importazione riuscita." in client.get(PAGE).content.decode()


def test_the_page_lists_mistakes_row_by_row(client, login, person, here):
    login(client, person(network="manager"))
    response = upload(client, file_of(ADA, "Comune di Boh;;;;;;;;;"), **{"import": "1"})

    assert response.status_code == 422
    assert "1 errore da correggere" in response.content.decode()
    assert "Comune di Boh" in response.content.decode()
    assert Mandate.objects.count() == 0


def test_the_page_says_what_is_wrong_with_the_file(client, login, person, here):
    login(client, person(network="manager"))

    response = upload(client, b"boh", **{"import": "1"})
    assert response.status_code == 422
    assert "I titoli delle colonne devono essere" in response.content.decode()
    assert client.post(PAGE, {"import": "1"}).status_code == 422


def test_the_template_comes_back_in_as_it_is(client, login, person, here):
    BodyFactory(name="Comune di Collefiorito")
    ProvinceFactory(sigla="TV")
    login(client, person(network="manager"))
    content = b"".join(client.get("/rete/importa/modello/").streaming_content)

    assert bring_in(content=content).told.startswith("Enti nuovi: 1. Uffici nuovi: 1.")


@pytest.mark.parametrize("role", [None, "reader", "administrator"])
def test_the_page_is_for_who_manages_the_network(client, login, person, here, role):
    login(client, person(role))

    assert client.get(PAGE).status_code == 403
    assert upload(client, file_of(ADA), **{"import": "1"}).status_code == 403
    assert client.get("/rete/importa/modello/").status_code == 403
    assert Mandate.objects.filter(body=here).count() == 0


def test_a_name_typed_over_two_lines_is_one_line(here, mailoutbox):
    broken = b'"Unione dei\nColli ";Unione di Comuni;QU;"Ufficio\n tecnico";;;;;;'
    bring_in(content=HEADER.encode() + b"\r\n" + broken + b"\r\n")

    union = Body.objects.get(kind="union")
    assert union.name == "Unione dei Colli"
    assert union.offices.get(is_default=False).name == "Ufficio tecnico"


def test_a_name_without_letters_of_ours_still_has_an_address(client):
    bring_in("…;Unione di Comuni;;;;;;;;", "Ωμέγα;Altro ente;;;;;;;;")

    slugs = set(Body.objects.values_list("slug", flat=True))
    assert slugs == {"ente", "ente-2"}
    assert client.get("/rete/").status_code == 200
