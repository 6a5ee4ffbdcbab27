"""The pages of all rooms, wide and narrow: no axe violation, nothing wider than the window, 44 px to press.

Add the address of a new page here; what needs a longer way to reach is measured in its own journey.
"""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from casa.registry.models import Mandate, Person
from tests.factories import BodyFactory, JoinRequestFactory, MandateFactory
from tests.guide.makers import NormFactory, load_the_rules
from tests.journeys.axe import assert_accessible, assert_fits, assert_targets
from tests.portal.makers import published

pytestmark = pytest.mark.django_db(transaction=True)

OPEN_TO_ALL = [
    "/biblioteca/",
    "/biblioteca/?tipo=model",
    "/biblioteca/quale/",
    "/biblioteca/quale/?tutte=1",
    "/biblioteca/quale/?contratto=non-so&procedura=non-so&importo=non-so",
    "/biblioteca/kit/",
    "/biblioteca/modelli-della-redazione/",
    "/biblioteca/scambio/",
    "/accesso/",
    "/accesso/iscriviti/",
    "/cerca/?q=segnaletica",
    "/guida/",
    "/guida/procedura/",
    "/guida/procedura/?bisogno=120.000+€+di+servizi+di+refezione",
    "/guida/procedura/?bisogno=mensa+per+60.000+€+e+240.000+€",
    "/guida/procedura/?tipo=works&importo=600000&lotti=100000;500000&urgente=on&pnrr=on",
    "/guida/soglie/?giorno=2025-12-31",
    "/guida/norme/",
    "/fascicoli/",
    "/fascicoli/gare-simili/",
    "/guida/norme/?giorno=2023-05-02&norma=art.+36+d.lgs.+50/2016",
    "/rete/",
]
FOR_MEMBERS = [
    "/",
    "/carica/",
    "/carica/file/",
    "/biblioteca/nuova/",
    "/biblioteca/lavori/",
    "/fascicoli/",
    "/fascicoli/nuovo/",
    "/fascicoli/importa/",
    "/fascicoli/calendario/",
    "/accesso/mandati/",
    "/accesso/opera-per/",
    "/accesso/sicurezza/",
    "/accesso/sicurezza/indirizzo/",
    "/accesso/richieste/",
    "/accesso/ente-da-aprire/",
]


@pytest.fixture
def body():
    return BodyFactory(name="Unione dei Comuni di Prova Bassa e Borgo Prova")


def measure(window, addresses):
    for address in addresses:
        assert window.goto(address).status == 200, address
        assert_accessible(window)
        assert_fits(window)
        assert_targets(window)


@pytest.mark.parametrize("kind", ["page", "phone"])
def test_what_everybody_sees(request, body, kind):
    entry = published(1, body)
    load_the_rules()
    NormFactory(
        act="d.lgs. 50/2016", article="36", replaced_by="artt. 48-55 e all. II.1 d.lgs. 36/2023"
    )
    told = [f"{entry.get_absolute_url()}{page}/" for page in ("chi-lo-usa", "com-e-andata")]
    addresses = [*OPEN_TO_ALL, entry.get_absolute_url(), *told, body.get_absolute_url()]
    measure(request.getfixturevalue(kind), addresses)


@pytest.mark.parametrize("kind", ["page", "phone"])
def test_what_members_see(request, body, person, enter, kind):
    published(1, body)
    who = person("administrator", body)
    MandateFactory(person_id=who.person_id, body=body, role=Mandate.Role.AUTHOR)
    MandateFactory(person_id=who.person_id, body=BodyFactory(), role=Mandate.Role.AUTHOR)
    measure(enter(request.getfixturevalue(kind), who), FOR_MEMBERS)


@pytest.mark.parametrize("kind", ["page", "phone"])
def test_what_those_who_manage_people_see(request, body, person, enter, kind):
    boss, colleague = person("administrator", body), MandateFactory(body=body)
    TOTP.activate(colleague.person, generate_totp_secret())
    JoinRequestFactory(body=body)
    Person.objects.get(pk=boss.person_id).emailaddress_set.create(email="nuovo@ente.example")
    people = reverse("entrance:people", args=[body.slug])
    reset = reverse("entrance:reset_factor", args=[body.slug, colleague.pk])
    end = reverse("entrance:end", args=[body.slug, colleague.pk])
    waiting = ["/rete/consegne/", reverse("entrance:attest", args=[body.slug]), end]
    addresses = [body.get_absolute_url(), people, reset, "/accesso/sicurezza/indirizzo/", *waiting]
    measure(enter(request.getfixturevalue(kind), boss), addresses)


@pytest.mark.parametrize("kind", ["page", "phone"])
def test_what_those_who_manage_the_network_see(request, body, person, enter, kind):
    colleague = MandateFactory(body=body)
    people = reverse("entrance:people", args=[body.slug])
    close = reverse("entrance:close_login", args=[body.slug, colleague.pk])
    published(1, body)
    trade = [f"/biblioteca/scambio/{page}" for page in ("", "fidate/", "esporta/", "importa/")]
    window = enter(request.getfixturevalue(kind), person(network="manager"))
    measure(window, [people, close, *trade])
