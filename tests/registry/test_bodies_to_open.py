"""A body that nobody has opened yet: whoever works there asks, the network opens it and decides."""

import pytest
from django.urls import reverse

from casa.foundation.errors import Refused
from casa.registry import access
from casa.registry.models import Body, JoinRequest, Mandate, TrailLine
from casa.registry.queries import entrance as queries
from casa.registry.services import entrance
from casa.registry.services.bodies import NewBody
from casa.registry.services.opening_bodies import ask_for_body, open_asked_body
from tests.factories import BodyFactory, JoinRequestFactory, NetworkRoleFactory
from tests.registry.test_entrance import FRIDAY

pytestmark = pytest.mark.django_db

UNION = "Unione dei Comuni di Vallebruna"
NEW = NewBody(kind=Body.Kind.UNION, name=UNION)


@pytest.fixture(autouse=True)
def network():
    """The network's own body, as every house has it."""
    return BodyFactory(kind="network", name="Casa dei Comuni – Rete")


@pytest.fixture
def asker(person):
    return person()


@pytest.fixture
def manager(person):
    return person(network="manager")


def ask(actor, name=UNION, message="Ufficio gare; Provincia di Prova; www.unione.example"):
    return ask_for_body(name=name, role="author", message=message, actor=actor, now=FRIDAY)


def opened(request, actor, new=NEW):
    return open_asked_body(request=request, new=new, actor=actor, now=FRIDAY)


def test_the_request_reaches_a_person_at_once(
    asker, network, manager, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        made = ask(asker, f"  {UNION.replace(' ', '  ')} ")

    assert (made.body, made.new_body, made.state) == (network, UNION, "waiting")
    made.refresh_from_db()
    assert made.network_told_at == FRIDAY
    (mail,) = mailoutbox
    assert mail.subject == f"[Casa dei Comuni] Richiesta di lavorare per l'{UNION}"
    assert "L'ente non c'è ancora" in mail.body
    assert "www.unione.example" in mail.body
    assert list(queries.decided_by(manager, on=FRIDAY.date())) == [made]
    line = TrailLine.objects.get()
    assert (line.act, line.details["name"]) == ("registry.join_request.sent", UNION)


def test_while_nobody_manages_the_network_it_waits_and_the_page_says_so(
    asker, client, login, mailoutbox, django_capture_on_commit_callbacks
):
    login(client, asker)
    page = client.get(reverse("entrance:ask_new")).content.decode()
    assert "in questo momento non ha nessuno" in page

    with django_capture_on_commit_callbacks(execute=True):
        ask(asker)
    assert mailoutbox == []
    manager = NetworkRoleFactory().person
    with django_capture_on_commit_callbacks(execute=True):
        assert entrance.tell_network(now=FRIDAY) == 1
    assert [mail.to for mail in mailoutbox] == [[manager.email]]


def test_who_administers_the_network_s_body_does_not_keep_it_from_the_managers(
    person, asker, network, manager
):
    boss = person("administrator", network)
    made = ask(asker)

    made.refresh_from_db()
    assert made.network_told_at == FRIDAY
    assert list(queries.decided_by(manager, on=FRIDAY.date())) == [made]
    with pytest.raises(Refused, match="li apre la gestione della rete"):
        opened(made, boss)


def test_opened_it_waits_there_and_is_accepted(
    asker, manager, mailoutbox, django_capture_on_commit_callbacks
):
    made = opened(ask(asker), manager)

    assert (made.body.name, made.body.kind, made.new_body) == (UNION, "union", "")
    assert made.body.offices.get().is_default
    assert opened(made, manager).body == made.body
    assert Body.objects.filter(name=UNION).count() == 1
    acts = TrailLine.objects.order_by("pk").values_list("act", flat=True)
    assert list(acts)[1:] == ["registry.body.created", "registry.join_request.placed"]
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        entrance.accept_request(
            request=made, office=made.body.offices.get(), role="author", actor=manager, now=FRIDAY
        )
    assert Mandate.objects.get(person_id=asker.person_id).body == made.body
    assert mailoutbox[0].subject.endswith(f"Ora lavori per l'{UNION}")


def test_it_is_not_accepted_before_nor_opened_by_others(asker, person, network, manager):
    made = ask(asker)

    with pytest.raises(Refused, match="Prima apri l'ente"):
        entrance.accept_request(
            request=made, office=network.offices.get(), role="author", actor=manager, now=FRIDAY
        )
    for other in (asker, person("administrator"), person(network="reviewer")):
        with pytest.raises(Refused):
            opened(made, other)
    own = person(network="manager")
    with pytest.raises(Refused, match="mai chi l'ha fatta"):
        opened(ask(own, "Consorzio di Prova"), own)
    assert not Body.objects.filter(name=UNION).exists()


def test_a_body_that_is_here_is_not_asked_for_nor_opened_twice(asker, manager):
    made = ask(asker)
    BodyFactory(name="UNIÓNE dei comuni di Vallebruna")

    with pytest.raises(Refused, match="c'è già: cercalo per nome"):
        ask(manager)
    with pytest.raises(Refused, match="è già aperto: rifiuta la richiesta"):
        opened(made, manager)
    assert JoinRequest.objects.count() == 1


def test_asked_twice_is_once_and_one_body_at_a_time(asker):
    made = ask(asker)

    assert ask(asker, UNION.upper()) == made
    with pytest.raises(Refused, match="Hai già chiesto di aprire"):
        ask(asker, "Consorzio di Prova")
    entrance.withdraw_request(request=made, actor=asker, now=FRIDAY)
    assert ask(asker, "Consorzio di Prova") != made


def test_five_requests_wait_at_most_with_those(asker):
    for _ in range(5):
        JoinRequestFactory(person_id=asker.person_id, person=None)
    with pytest.raises(Refused, match="cinque richieste"):
        ask(asker)


def test_declined_the_asker_reads_the_name_they_wrote(
    asker, manager, mailoutbox, django_capture_on_commit_callbacks
):
    made = ask(asker)
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        entrance.decline_request(
            request=made, reason="C'è già: Unione Vallebruna.", actor=manager, now=FRIDAY
        )
    assert f"per l'{UNION} non è accolta" in mailoutbox[0].subject
    assert "C'è già: Unione Vallebruna." in mailoutbox[0].body


def test_the_rule_never_queries(asker, person, manager, django_assert_num_queries):
    reviewer = person(network="reviewer")
    with django_assert_num_queries(0):
        assert access.may_open_body(manager)
        assert not access.may_open_body(reviewer)
        assert not access.may_open_body(asker)


def test_who_finds_no_body_is_led_to_ask_for_it(client, login, asker, manager):
    login(client, asker)
    page = client.get(reverse("entrance:mine"), {"ente": "vallebruna"}).content.decode()
    assert f"{reverse('entrance:ask_new')}?nome=vallebruna" in page

    bad = client.post(reverse("entrance:ask_new"), {"name": UNION, "role": "author"})
    assert bad.status_code == 422
    assert UNION in bad.content.decode()
    sent = {"name": UNION, "role": "author", "message": "Ufficio gare"}
    done = client.post(reverse("entrance:ask_new"), sent, follow=True)
    assert "Richiesta inviata" in done.content.decode()
    assert UNION in done.content.decode()
    known = client.post(reverse("entrance:ask_new"), sent | {"name": "Consorzio"})
    assert known.status_code == 422
    assert "Hai già chiesto di aprire" in known.content.decode()


def test_the_manager_opens_it_on_a_page_and_accepts(client, login, asker, manager):
    made, province = ask(asker), BodyFactory(kind="province")
    login(client, manager)
    listed = client.get(reverse("entrance:requests")).content.decode()
    address = reverse("entrance:open_body", args=[made.pk])
    assert address in listed
    assert client.get(reverse("entrance:accept", args=[made.pk])).url == address

    form = client.get(address).content.decode()
    assert f'value="{UNION}"' in form
    assert "Comune</option>" not in form
    assert '<option value="union" selected>' in form
    bad = client.post(address, {"name": "", "kind": "union"})
    assert bad.status_code == 422
    sent = {"name": UNION, "kind": "union", "province_body": province.pk}
    done = client.post(address, sent, follow=True)
    assert "Ente aperto" in done.content.decode()
    made.refresh_from_db()
    assert (made.body.province_body, made.body.province) == (province, province.province)


def test_strangers_do_not_reach_the_page(client, login, asker, person):
    made = ask(asker)
    for who, status in ((asker, 404), (person("administrator"), 404)):
        login(client, who)
        assert client.get(reverse("entrance:open_body", args=[made.pk])).status_code == status
    client.logout()
    assert "/accesso/" in client.get(reverse("entrance:ask_new")).url
