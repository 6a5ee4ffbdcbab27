"""The back office: network managers only, no personal data, every change in the trail."""

import pytest
from django.contrib import admin
from django.urls import reverse

from casa.registry.back_office import BackOffice, BackOfficeAdmin
from casa.registry.models import (
    Body,
    Municipality,
    Person,
    Pillar,
    ProjectPhase,
    ProjectPlace,
    TerritoryEdition,
    TrailLine,
)
from tests.factories import BodyFactory, MunicipalityFactory, ProvinceFactory
from tests.library.makers import EntryFactory

pytestmark = pytest.mark.django_db
INDEX = "/redazione/"


@pytest.fixture
def manager(client, login, person):
    login(client, person(network="manager"))
    return client


@pytest.mark.parametrize("role", [None, "reader", "reviewer", "administrator"])
def test_it_is_closed_to_whoever_does_not_manage_the_network(client, login, person, role):
    login(client, person(role))
    response = client.get(INDEX)

    assert response.status_code == 403
    assert "La redazione è riservata a chi gestisce la rete" in response.content.decode()


def test_a_network_reviewer_is_not_a_manager(client, login, person):
    login(client, person(network="reviewer"))

    assert client.get(INDEX).status_code == 403


def test_a_visitor_is_led_to_our_log_in_page(client):
    for address in (INDEX, "/redazione/login/", "/redazione/registry/pillar/"):
        response = client.get(address)
        assert response.status_code == 302
        assert response.url.startswith(reverse("account_login"))


def test_a_manager_without_the_second_factor_is_led_to_it(client, login, person):
    login(client, person(network="manager"), strong=False)
    response = client.get(INDEX)

    assert response.status_code == 302
    assert response.url.startswith(reverse("entrance:strengthen"))


def test_it_speaks_italian_and_links_back(manager):
    page = manager.get(INDEX).content.decode()

    assert "Redazione della Casa dei Comuni" in page
    assert "Torna alla Casa dei Comuni" in page
    assert ">Pilastri<" in page


def test_only_rooms_of_the_house_show_rows_and_none_about_people():
    shown = admin.site._registry

    assert admin.site.__class__ is BackOffice
    assert all(isinstance(rows, BackOfficeAdmin) for rows in shown.values())
    assert Person not in shown
    assert all(model.__module__.startswith("casa.") for model in shown)


def test_what_others_register_is_turned_away():
    site = BackOffice()
    site.register(Person, admin.ModelAdmin)
    site.register([Person])

    assert site._registry == {}


def test_a_change_stands_in_the_trail_and_not_in_djangos_log(manager):
    pillar = Pillar.objects.create(code="sua", name="Appalti", position=1)
    manager.post(
        f"/redazione/registry/pillar/{pillar.pk}/change/",
        {"code": "sua", "name": "Stazione unica appaltante", "position": 1, "in_use": "on"},
    )

    pillar.refresh_from_db()
    assert pillar.name == "Stazione unica appaltante"
    line = TrailLine.objects.get(act="registry.row.changed")
    assert line.subject_name == "Stazione unica appaltante"
    assert line.details == {"kind": "pilastro", "fields": ["Nome"]}
    assert admin.models.LogEntry.objects.count() == 0


def test_what_is_added_stands_in_the_trail(manager):
    manager.post(
        "/redazione/registry/pillar/add/", {"code": "verde", "name": "Verde", "position": 5}
    )

    assert TrailLine.objects.get(act="registry.row.added").subject_name == "Verde"


def test_a_mistake_is_told_and_nothing_is_kept(manager):
    response = manager.post("/redazione/registry/pillar/add/", {"code": "due parole", "name": ""})

    assert response.status_code == 200
    assert "Questo campo è obbligatorio" in response.content.decode()
    assert (Pillar.objects.count(), TrailLine.objects.count()) == (0, 0)


def test_territory_is_corrected_and_never_removed(manager):
    place = MunicipalityFactory()

    assert manager.get(f"/redazione/registry/municipality/{place.pk}/change/").status_code == 200
    assert manager.post(f"/redazione/registry/municipality/{place.pk}/delete/").status_code == 403
    assert Municipality.objects.count() == 1


def test_comuni_are_found_without_accents(manager):
    MunicipalityFactory(name="Forlì di prova")
    MunicipalityFactory(name="Altrove")
    page = manager.get("/redazione/registry/municipality/", {"q": "forli"}).content.decode()

    assert "Forlì di prova" in page
    assert "Altrove" not in page


def test_bodies_are_corrected_only_in_their_codes_and_never_made_here(manager):
    body = BodyFactory()
    manager.post(
        f"/redazione/registry/body/{body.pk}/change/",
        {"name": "Un altro nome", "ipa_code": "c_x000", "pec": "ente@pec.example"},
    )

    corrected = Body.objects.get(pk=body.pk)
    assert (corrected.name, corrected.ipa_code) == (body.name, "c_x000")
    assert manager.get("/redazione/registry/body/add/").status_code == 403


def test_editions_of_the_list_are_only_looked_at(manager):
    edition = TerritoryEdition.objects.create(
        on="2026-01-01", source="x", provinces=1, municipalities=1, loaded_at="2026-01-01T00:00Z"
    )

    assert (
        manager.get(f"/redazione/registry/territoryedition/{edition.pk}/change/").status_code == 200
    )
    assert (
        manager.post(
            f"/redazione/registry/territoryedition/{edition.pk}/change/", {"source": "y"}
        ).status_code
        == 403
    )


def test_places_of_a_phase_are_changed_with_it(manager):
    phase = ProjectPhase.objects.create(code="f", name="Fase", starts_on="2020-05-01", source="x")
    place = ProjectPlace.objects.create(phase=phase, province=ProvinceFactory())
    manager.post(
        f"/redazione/registry/projectphase/{phase.pk}/change/",
        {
            "code": "f",
            "name": "Fase",
            "starts_on": "01/05/2020",
            "source": "x",
            "places-TOTAL_FORMS": 1,
            "places-INITIAL_FORMS": 1,
            "places-0-id": place.pk,
            "places-0-phase": phase.pk,
            "places-0-province": place.province.pk,
            "places-0-DELETE": "on",
        },
    )

    assert phase.places.count() == 0
    assert TrailLine.objects.filter(act="registry.row.changed").count() == 1


def test_pages_of_the_back_office_bring_no_script_or_style_of_their_own(manager):
    ProvinceFactory()
    for address in (INDEX, "/redazione/registry/province/", "/redazione/registry/province/add/"):
        response = manager.get(address)
        page = response.content.decode()
        assert "style=" not in page
        assert "<style" not in page
        assert "onclick=" not in page
        assert "<script>" not in page
        assert "script-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("used", [True, False])
def test_the_code_of_a_pillar_stays_once_something_is_filed_under_it(manager, used):
    pillar, other = (
        Pillar.objects.create(code=code, name="Appalti", position=1) for code in ("sua", "europa")
    )
    EntryFactory(pillar=pillar if used else other)

    manager.post(
        f"/redazione/registry/pillar/{pillar.pk}/change/",
        {"code": "altro", "name": "Gare", "position": 2, "in_use": "on"},
    )

    pillar.refresh_from_db()
    assert (pillar.code, pillar.name) == ("sua" if used else "altro", "Gare")
