import pytest
from django.urls import reverse

from casa.portal.models import PageVote

pytestmark = pytest.mark.django_db
VOTES = "/redazione/portal/pagevote/"


@pytest.fixture
def vote():
    return PageVote.objects.create(page="/privacy/", day="2026-03-03", no=7)


def test_the_network_manager_reads_the_votes_and_changes_none(client, person, login, vote):
    login(client, person(network="manager"))
    assert "/privacy/" in client.get(VOTES).content.decode()
    assert client.get(f"{VOTES}add/").status_code == 403
    assert client.post(f"{VOTES}{vote.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"{VOTES}{vote.pk}/change/", {"page": "/", "no": 0}).status_code == 403
    vote.refresh_from_db()
    assert (vote.page, vote.no) == ("/privacy/", 7)


@pytest.mark.parametrize("role", ["reader", "administrator"])
def test_nobody_else_sees_the_votes(client, person, login, vote, role):
    login(client, person(role))
    response = client.get(VOTES)
    assert response.status_code != 200
    assert "/privacy/" not in response.content.decode().split("<footer")[0].split("</header>")[-1]


def test_a_stranger_does_not_see_the_votes(client, vote):
    assert client.get(VOTES).status_code != 200


def test_the_front_door_is_open_to_all(client):
    assert client.get(reverse("portal:home")).status_code == 200
