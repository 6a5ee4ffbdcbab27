"""Asking to work for a body, and deciding on it."""

from datetime import datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from casa.foundation.errors import Refused
from casa.registry.actor import actor_for
from casa.registry.models import JoinRequest, Mandate, Person, TrailLine
from casa.registry.queries import entrance as queries
from casa.registry.services import entrance as services
from tests.factories import BodyFactory, MandateFactory, NetworkRoleFactory, PersonFactory

pytestmark = pytest.mark.django_db

ROME = ZoneInfo("Europe/Rome")
FRIDAY = datetime(2026, 11, 20, 10, tzinfo=ROME)
NEXT_FRIDAY = FRIDAY + timedelta(days=7)  # five working days later


@pytest.fixture
def body():
    return BodyFactory(name="Comune di Prova")


@pytest.fixture
def asker(person):
    return person()


@pytest.fixture
def waiting(asker, body):
    """A request that has been waiting since Friday, 20 November 2026."""
    return ask(asker, body)


def ask(actor, body, now=FRIDAY, role="author", message="Lavoro all'ufficio gare."):
    return services.ask_to_join(body=body, role=role, message=message, actor=actor, now=now)


def accept(request, actor, now=FRIDAY, role="author"):
    office = request.body.offices.get()
    return services.accept_request(request=request, office=office, role=role, actor=actor, now=now)


def decline(request, actor, now=FRIDAY, reason="Non risulti fra i dipendenti."):
    return services.decline_request(request=request, reason=reason, actor=actor, now=now)


def test_a_request_goes_to_the_administrators(
    asker, body, mailoutbox, django_capture_on_commit_callbacks
):
    bosses = MandateFactory.create_batch(2, body=body, role="administrator")
    MandateFactory(body=body, role="reviewer")
    NetworkRoleFactory()

    with django_capture_on_commit_callbacks(execute=True):
        made = ask(asker, body)

    assert made.state == "waiting"
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(boss.person.email for boss in bosses)
    assert mailoutbox[0].subject == "[Casa dei Comuni] Richiesta di lavorare per il Comune di Prova"
    assert "Lavoro all'ufficio gare." in mailoutbox[0].body
    assert TrailLine.objects.get().act == "registry.join_request.sent"


def test_without_administrators_it_goes_to_the_network(
    asker, body, mailoutbox, django_capture_on_commit_callbacks
):
    manager = NetworkRoleFactory().person
    NetworkRoleFactory(role="reviewer")
    MandateFactory(body=body, role="administrator", person__is_active=False)

    with django_capture_on_commit_callbacks(execute=True):
        ask(asker, body)

    assert [mail.to for mail in mailoutbox] == [[manager.email]]


def test_asking_twice_is_asking_once(asker, body, waiting):
    assert ask(asker, body, role="reviewer") == waiting
    assert JoinRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_request(body):
    somebody, ready, made = PersonFactory(), Barrier(2), []

    def click():
        actor = actor_for(somebody, on=FRIDAY.date())
        ready.wait(timeout=10)
        made.append(ask(actor, body).pk)
        connection.close()

    threads = [Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert len(made) == 2
    assert JoinRequest.objects.count() == 1


def test_what_cannot_be_asked(asker, body, person):
    held = person("author", body)

    with pytest.raises(Refused, match="Hai già il ruolo"):
        ask(held, body)
    with pytest.raises(Refused, match="cessato"):
        ask(asker, BodyFactory(closed_on=FRIDAY.date()))
    with pytest.raises(Refused, match="scegli il tuo ente"):
        ask(asker, BodyFactory(kind="network"))


def test_five_requests_at_most_wait_at_once(asker):
    for _ in range(5):
        ask(asker, BodyFactory())

    with pytest.raises(Refused, match="cinque richieste"):
        ask(asker, BodyFactory())


def test_accepting_gives_the_mandate_and_tells_the_asker(
    person, body, waiting, mailoutbox, django_capture_on_commit_callbacks
):
    boss = person("administrator", body)

    with django_capture_on_commit_callbacks(execute=True):
        accept(waiting, boss, role="reviewer")

    mandate = Mandate.objects.get(person_id=waiting.person_id)
    assert (mandate.body, mandate.role, mandate.starts_on) == (body, "reviewer", FRIDAY.date())
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by_id) == ("accepted", boss.id)
    assert [mail.to for mail in mailoutbox] == [[waiting.person.email]]
    assert mailoutbox[0].subject == "[Casa dei Comuni] Ora lavori per il Comune di Prova"


def test_declining_sends_the_reason(
    person, body, waiting, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        decline(waiting, person("administrator", body))

    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == ("declined", "Non risulti fra i dipendenti.")
    assert "Non risulti fra i dipendenti." in mailoutbox[0].body
    assert not Mandate.objects.filter(person=waiting.person).exists()


def test_declining_without_a_reason_is_refused(person, body, waiting):
    with pytest.raises(Refused, match="motivo"):
        decline(waiting, person("administrator", body), reason="  ")


def test_clicking_twice_decides_once(person, body, waiting):
    boss = person("administrator", body)

    accept(waiting, boss)
    accept(waiting, boss)

    assert Mandate.objects.filter(person=waiting.person).count() == 1
    assert TrailLine.objects.filter(act="registry.join_request.accepted").count() == 1


def test_what_was_decided_is_not_decided_again(person, body, waiting):
    decline(waiting, person("administrator", body))

    with pytest.raises(Refused, match="già stata chiusa"):
        accept(waiting, person("administrator", body))


@pytest.mark.parametrize("role", ["reader", "reviewer"])
def test_other_roles_do_not_decide(person, body, waiting, role):
    for actor in (person(role, body), person("administrator")):
        with pytest.raises(Refused):
            accept(waiting, actor)


def test_the_network_waits_five_working_days(person, body, waiting):
    MandateFactory(body=body, role="administrator")
    manager = person(network="manager")

    with pytest.raises(Refused, match="dal 27 novembre 2026"):
        accept(waiting, manager, now=NEXT_FRIDAY - timedelta(days=1))
    accept(waiting, manager, now=NEXT_FRIDAY)

    waiting.refresh_from_db()
    assert waiting.state == "accepted"


def test_without_administrators_the_network_decides_at_once(person, waiting):
    assert accept(waiting, person(network="manager")).state == "accepted"


def test_a_network_manager_does_not_decide_on_their_own_request(person, body):
    manager = person(network="manager")

    with pytest.raises(Refused):
        accept(ask(manager, body), manager)


def test_only_the_asker_withdraws(asker, person, body, waiting):
    for other in (person(), person("administrator", body)):
        with pytest.raises(Refused):
            services.withdraw_request(request=waiting, actor=other, now=FRIDAY)

    services.withdraw_request(request=waiting, actor=asker, now=FRIDAY)
    services.withdraw_request(request=waiting, actor=asker, now=FRIDAY)

    waiting.refresh_from_db()
    assert waiting.state == "withdrawn"
    assert ask(asker, body) != waiting


def test_the_lists_of_those_who_decide(person, body, waiting):
    boss, manager = person("administrator", body), person(network="manager")
    orphan = ask(person(), BodyFactory())
    thursday = (NEXT_FRIDAY - timedelta(days=1)).date()

    assert list(queries.decided_by(boss, on=thursday)) == [waiting]
    assert list(queries.decided_by(manager, on=thursday)) == [orphan]
    assert list(queries.decided_by(manager, on=NEXT_FRIDAY.date())) == [waiting, orphan]
    assert list(queries.decided_by(person("reviewer", body), on=thursday)) == []


def test_the_asker_reads_who_decides_and_since_when(asker, body, waiting):
    MandateFactory(body=body, role="administrator")

    def words(day):
        return queries.asked_by(asker, on=day)[0].decides

    assert words(FRIDAY.date()) == (
        "Decide chi amministra l'ente; dal 27 novembre 2026 anche la gestione della rete."
    )
    assert "ormai" in words(NEXT_FRIDAY.date())
    Mandate.objects.all().update(suspended_on=FRIDAY.date())
    assert "non ha ancora chi lo amministra" in words(FRIDAY.date())


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("a@comune.prova.example", ["Comune di Prova"]),
        ("a@COMUNE.PROVA.EXAMPLE", ["Comune di Prova"]),
        ("a@provincia.example", ["Provincia di Prova"]),
        ("a@posta.example", []),
        ("a@prova.example", []),
    ],
)
def test_the_domain_of_the_address_proposes_the_body(email, expected):
    BodyFactory(name="Comune di Prova", email_domain="comune.prova.example")
    BodyFactory(name="Provincia di Prova", pec="protocollo@pec.provincia.example")
    BodyFactory(email_domain="comune.prova.example", closed_on=FRIDAY.date())
    BodyFactory.create_batch(6, pec="ente@pec.posta.example")

    assert [body.name for body in queries.proposed_bodies(email)] == expected


def test_a_newcomer_asks_from_the_page_and_sees_the_request(client, login, asker, body):
    login(client, asker)
    body.email_domain = "ente.example"
    body.save()
    mine, page = reverse("entrance:mine"), reverse("entrance:ask", args=[body.slug])
    assert page in client.get(mine).content.decode()
    assert "decide la gestione della rete" in client.get(page).content.decode()

    wrong = client.post(page, {"role": "author", "message": ""})
    assert wrong.status_code == 422
    done = client.post(page, {"role": "author", "message": "Lavoro lì."}, follow=True)

    text = done.content.decode()
    assert "In attesa" in text
    assert "da meno di un minuto" in text


def test_searching_a_body_by_its_name(client, login, asker, body):
    login(client, asker)

    found = client.get(reverse("entrance:mine"), {"ente": "prova"})
    lost = client.get(reverse("entrance:mine"), {"ente": "non esiste"})

    assert [found_body.name for found_body in found.context["found"]] == ["Comune di Prova"]
    assert "Nessun ente con questo nome" in lost.content.decode()


def test_the_administrator_accepts_from_the_page(client, login, person, asker, body):
    made = ask(asker, body, now=timezone.now() - timedelta(days=6))
    login(client, person("administrator", body))

    page = client.get(reverse("entrance:requests")).content.decode()
    assert "da 6 giorni" in page
    office = body.offices.get()
    accepted = client.post(
        reverse("entrance:accept", args=[made.pk]), {"office": office.pk, "role": "reader"}
    )

    assert accepted.url == reverse("entrance:requests")
    assert Mandate.objects.get(person_id=asker.person_id).role == "reader"


def test_an_office_of_another_body_is_no_choice(client, login, person, body, waiting):
    login(client, person("administrator", body))
    foreign = BodyFactory().offices.get()

    response = client.post(
        reverse("entrance:accept", args=[waiting.pk]), {"office": foreign.pk, "role": "reader"}
    )

    assert response.status_code == 422


@pytest.mark.parametrize("name", ["accept", "decline"])
def test_requests_of_others_are_not_there(client, login, person, waiting, name):
    page = reverse(f"entrance:{name}", args=[waiting.pk])
    for actor in (person("administrator"), person("reviewer", waiting.body)):
        login(client, actor)
        assert client.get(page).status_code == 404


def test_the_list_of_requests_is_for_those_who_decide(client, login, person):
    login(client, person("reviewer"))
    assert client.get(reverse("entrance:requests")).status_code == 403
    client.logout()
    assert client.get(reverse("entrance:requests")).status_code == 302


def test_the_lists_cost_the_same_with_one_and_with_five(
    client, login, person, body, django_assert_max_num_queries
):
    boss = person("administrator", body)
    login(client, boss)
    pages = [reverse("entrance:requests"), reverse("entrance:mine")]
    somebody = Person.objects.get(pk=boss.person_id)
    costs = []
    for more in (1, 4):
        for _ in range(more):
            ask(person(), body, now=timezone.now())
            ask(actor_for(somebody, on=timezone.localdate()), BodyFactory(), now=timezone.now())
            MandateFactory(person=somebody)
        with django_assert_max_num_queries(30) as counted:
            for page in pages:
                client.get(page)
        costs.append(len(counted))

    assert costs[0] == costs[1]


def test_a_network_manager_reads_what_they_do_for_the_network(client, person, login):
    manager = login(client, person(network="manager")).get(reverse("entrance:mine"))
    stranger = login(client, person()).get(reverse("entrance:mine"))

    assert "Gestione della rete, dal 1 gennaio 2020" in manager.text
    assert "Non hai ancora mandati" not in manager.text
    assert reverse("intake:files") not in manager.text
    assert "Non hai ancora mandati" in stranger.text
