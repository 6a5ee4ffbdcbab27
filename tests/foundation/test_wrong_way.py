"""Addresses opened the wrong way, and refusals to whoever has not logged in."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from casa.settings import env

pytestmark = pytest.mark.django_db


def test_an_address_that_takes_a_form_says_so_when_opened_as_a_page(client):
    page = client.get(reverse("entrance:keep_form"))

    assert page.status_code == 405
    assert page["Allow"] == "POST"
    assert "solo inviando un modulo" in page.text


def test_a_page_that_takes_what_it_was_asked_is_left_alone(client):
    assert "solo inviando un modulo" not in client.get("/biblioteca/").text


def test_a_form_sent_after_the_log_in_ran_out_says_where_to_go(client):
    page = client.post(reverse("library:new"), {"title": "X"})

    assert page.status_code == 403
    assert 'href="/accesso/"' in page.text


def test_a_member_who_is_refused_is_not_sent_to_log_in(client, person, login):
    login(client, person("reader"))

    assert client.get(reverse("library:new")).status_code == 403


@pytest.mark.parametrize(
    ("read", "value", "words"),
    [
        (env.flag, "boh", "vale 'true' o 'false', non «boh»"),
        (env.number, "molti", "numero intero, non «molti»"),
        (env.database, "mysql://x/y", "comincia con postgresql://"),
    ],
)
def test_a_wrong_setting_names_itself_in_a_sentence(monkeypatch, read, value, words):
    monkeypatch.setenv("CASA_PROVA", value)
    arguments = {"default": 1} if read is env.number else {}

    with pytest.raises(ImproperlyConfigured) as told:
        read("CASA_PROVA", **arguments)

    assert "CASA_PROVA" in str(told.value)
    assert words in str(told.value)
