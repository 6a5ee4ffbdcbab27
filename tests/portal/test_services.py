from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from casa.foundation.errors import Refused
from casa.portal.models import PageVote
from casa.portal.services import count_vote, page_name

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


def test_an_entry_is_named_by_its_slug():
    assert page_name("/biblioteca/segnaletica/") == "/biblioteca/segnaletica/"
    assert page_name("/biblioteca/segnaletica/versione/1/") == "/biblioteca/segnaletica/versione/1/"


def test_what_may_be_secret_in_an_address_is_not_kept():
    token = uuid4()
    assert page_name(f"/carica/file/{token}/") == "/carica/file/<token>/"


def test_a_key_that_opens_an_account_is_not_kept():
    address = reverse("account_reset_password_from_key", args=["1a", "c0ffee-beef"])
    assert "beef" not in page_name(address)
    assert "1a-" not in page_name(address)
    invitation = reverse("entrance:invitation", args=["beefbeef"])
    assert page_name(invitation) == "/accesso/invito/<token>/"
