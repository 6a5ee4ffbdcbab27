from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from casa.foundation.errors import Refused
from casa.portal.models import PageVote
from casa.portal.services import count_vote, page_name
from tests.factories import BodyFactory
from tests.portal.makers import published

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 3)


def test_votes_of_one_day_add_up():
    count_vote(page="/privacy/", useful=True, on=TODAY)
    count_vote(page="/privacy/", useful=True, on=TODAY)
    vote = count_vote(page="/privacy/", useful=False, on=TODAY)
    assert (vote.page, vote.yes, vote.no) == ("/privacy/", 2, 1)
    assert PageVote.objects.count() == 1


def test_a_page_that_does_not_exist_takes_no_vote():
    with pytest.raises(Refused):
        count_vote(page="/non-esiste/proprio/", useful=True, on=TODAY)
    assert PageVote.objects.count() == 0


def test_a_public_page_is_named_by_its_address():
    body = BodyFactory()
    entry = published(1, body)
    for address in (
        f"/biblioteca/{entry.slug}/",
        f"/biblioteca/{entry.slug}/versione/1/",
        f"/rete/{body.slug}/",
    ):
        assert page_name(address) == address


def test_an_address_that_is_no_public_page_goes_by_its_route():
    hidden = published(2, BodyFactory(), audience="body")
    assert page_name(f"/biblioteca/{hidden.slug}/") == "/biblioteca/<slug>/"
    assert page_name("/rete/non-c-e/") == "/rete/<slug>/"
    assert page_name("/accesso/chiedi/non-c-e/") == "/accesso/chiedi/<slug>/"


def test_invented_addresses_make_one_row():
    entry = published(3, BodyFactory())
    for number in range(2, 30):
        count_vote(page=f"/biblioteca/inventata-{number}/", useful=True, on=TODAY)
        count_vote(page=f"/biblioteca/{entry.slug}/versione/{number}/", useful=True, on=TODAY)
    assert sorted(PageVote.objects.values_list("page", "yes")) == [
        ("/biblioteca/<slug>/", 28),
        ("/biblioteca/<slug>/versione/<number>/", 28),
    ]


def test_what_may_be_secret_in_an_address_is_not_kept():
    token = uuid4()
    assert page_name(f"/carica/file/{token}/") == "/carica/file/<token>/"


def test_a_key_that_opens_an_account_is_not_kept():
    address = reverse("account_reset_password_from_key", args=["1a", "c0ffee-beef"])
    assert "beef" not in page_name(address)
    assert "1a-" not in page_name(address)
    invitation = reverse("entrance:invitation", args=["beefbeef"])
    assert page_name(invitation) == "/accesso/invito/<token>/"
