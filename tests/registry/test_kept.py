"""What a person is typing is kept, for that person and for that form only."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.foundation.errors import Refused
from casa.registry.models import KeptForm
from casa.registry.queries import kept_form
from casa.registry.services import kept

pytestmark = pytest.mark.django_db
PLACE = "/biblioteca/nuova/"


def test_a_form_is_kept_without_its_secrets_and_replaced_when_kept_again(person):
    me = person("author")
    fields = {"title": ["Capitolato"], "annexes": ["1", "2"], "csrfmiddlewaretoken": ["x"]}

    for title in ("Capitolato", "Capitolato per il verde"):
        kept.keep_form(
            place=PLACE, fields=fields | {"title": [title]}, actor=me, now=timezone.now()
        )

    found = kept_form(me, PLACE)
    assert found.initial == {"title": "Capitolato per il verde", "annexes": ["1", "2"]}
    assert KeptForm.objects.count() == 1


def test_nobody_else_finds_it_and_no_other_form(person):
    me = person("author")
    kept.keep_form(place=PLACE, fields={"title": ["Mio"]}, actor=me, now=timezone.now())

    assert kept_form(person("author"), PLACE) is None
    assert kept_form(me, "/biblioteca/altra/nuova-versione/") is None
    assert kept_form(me, PLACE) is not None


def test_an_enormous_form_is_refused_in_words(person):
    with pytest.raises(Refused, match="troppo lungo"):
        kept.keep_form(
            place=PLACE, fields={"a": ["x" * 200_001]}, actor=person("author"), now=timezone.now()
        )
    assert KeptForm.objects.count() == 0


def test_old_forms_are_forgotten_and_fresh_ones_are_not(person):
    me, now = person("author"), timezone.now()
    kept.keep_form(place="/biblioteca/", fields={}, actor=me, now=now - timedelta(days=31))
    kept.keep_form(place="/rete/", fields={}, actor=me, now=now - timedelta(days=29))

    kept.forget_old_forms(now=now)

    assert [form.place for form in KeptForm.objects.all()] == ["/rete/"]


def test_the_page_is_told_when_it_was_kept(client, person, login):
    login(client, person("author"))

    answer = client.post(
        reverse("entrance:keep_form"), {"luogo-del-modulo": PLACE, "title": "Capi\x00tolato"}
    )

    assert answer.text.startswith("Salvato alle ")
    assert KeptForm.objects.get().initial == {"title": "Capitolato"}


def test_an_anonymous_visitor_keeps_nothing(client):
    answer = client.post(reverse("entrance:keep_form"), {"luogo-del-modulo": PLACE})

    assert answer.status_code == 403
    assert KeptForm.objects.count() == 0


def test_beginning_again_goes_back_to_the_form_and_never_elsewhere(client, person, login):
    login(client, me := person("author"))
    kept.keep_form(place=PLACE, fields={"title": ["X"]}, actor=me, now=timezone.now())

    back = client.post(reverse("entrance:forget_form"), {"luogo-del-modulo": PLACE})
    elsewhere = client.post(
        reverse("entrance:forget_form"), {"luogo-del-modulo": "https://altrove.example/"}
    )

    assert (back["Location"], elsewhere["Location"]) == (PLACE, "/")
    assert KeptForm.objects.count() == 0


def test_only_members_of_the_network_have_their_forms_kept(person, client, login):
    with pytest.raises(Refused, match="chi lavora per un ente"):
        kept.keep_form(place=PLACE, fields={}, actor=person(), now=timezone.now())

    login(client, person())
    assert (
        client.post(reverse("entrance:keep_form"), {"luogo-del-modulo": PLACE}).status_code == 403
    )
    assert KeptForm.objects.count() == 0


def test_the_oldest_of_many_forms_go_and_those_of_others_stay(person):
    me, other, now = person("author"), person("author"), timezone.now()
    kept.keep_form(place=PLACE, fields={}, actor=other, now=now - timedelta(days=1))
    places = [f"/rete/ente-{n}/" for n in range(22)]
    for n, place in enumerate(places):
        kept.keep_form(place=place, fields={}, actor=me, now=now + timedelta(minutes=n))
    kept.keep_form(place=places[-1], fields={}, actor=me, now=now + timedelta(hours=1))

    mine = KeptForm.objects.filter(person_id=me.id).values_list("place", flat=True)
    assert set(mine) == set(places[2:])
    assert KeptForm.objects.filter(person_id=other.id).count() == 1


@pytest.mark.parametrize(
    "place",
    [
        "",
        "biblioteca/nuova/",
        "/non/esiste/",
        "//altrove.example/",
        "https://altrove.example/rete/",
        "/rete/\x00/",
        "/rete/" + "a" * 200 + "/",
    ],
)
def test_only_pages_of_the_house_are_places(person, client, login, place):
    me = person("author")
    with pytest.raises(Refused, match="invialo"):
        kept.keep_form(place=place, fields={}, actor=me, now=timezone.now())

    login(client, me)
    answer = client.post(reverse("entrance:keep_form"), {"luogo-del-modulo": place})
    again = client.post(reverse("entrance:forget_form"), {"luogo-del-modulo": place})
    assert (answer.status_code, again.status_code) == (403, 302)


def test_names_of_fields_are_cleaned_and_counted_too(person):
    me = person("author")
    kept.keep_form(place=PLACE, fields={"a\x00": ["1"]}, actor=me, now=timezone.now())
    assert kept_form(me, PLACE).fields == {"a": ["1"]}

    with pytest.raises(Refused, match="troppo lungo"):
        kept.keep_form(place=PLACE, fields={"x" * 200_001: []}, actor=me, now=timezone.now())
    secret = {"\x00password": ["x"], "password1": ["y"]}
    kept.keep_form(place=PLACE, fields=secret, actor=me, now=timezone.now())
    assert kept_form(me, PLACE).fields == {}
