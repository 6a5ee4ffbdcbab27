"""The page of one norm, and following it."""

import pytest
from django.utils import timezone

from casa.guide import queries
from casa.notices import services
from casa.notices.models import Follow
from casa.notices.services import Told
from tests.guide.makers import NormFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
PAGE = "/guida/norme/norma/"
ACT = "d.lgs. 1/2001"
ARTICLE = {"atto": ACT, "articolo": "36"}
WHOLE = {"atto": ACT}


@pytest.fixture
def norm():
    NormFactory(act=ACT, article="", note="Tutto l'atto.")
    return NormFactory(act=ACT, article="36", comma="2", note="Il comma due.")


def tell(token="net"):
    key = queries.norm_key(ACT, "36")
    told = Told(keys=[key], kind="test", title="Norma cambiata", url="/x/", token=token)
    services.tell(told, now=NOW)


def test_the_list_leads_to_the_page_of_each_norm(client, norm):
    assert norm.get_absolute_url() in client.get("/guida/norme/").content.decode().replace(
        "&amp;", "&"
    )
    page = client.get(norm.get_absolute_url()).content.decode()
    assert "Il comma due." in page
    assert "Tutto l" not in page.split("<main", 1)[1].split("</main", 1)[0].replace("<h1", "")


def test_an_article_without_its_own_row_has_that_of_its_act(client, norm):
    page = client.get(PAGE, {"atto": ACT, "articolo": "9-bis"}).content.decode()
    assert "art. 9-bis, d.lgs. 1/2001" in page
    assert "Tutto l" in page


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"atto": "l. 999/1999"},
        {"atto": ACT, "articolo": "36 <b>vinci</b>"},
        {"atto": ACT, "articolo": "3" * 41},
        {"atto": "a\x00b"},
    ],
)
def test_a_norm_that_nobody_knows_has_no_page(client, norm, asked):
    assert client.get(PAGE, asked).status_code == 404


def test_a_member_follows_the_norm_and_reads_what_happened_to_it(client, login, person, norm):
    tell()
    login(client, person("reader"))
    page = client.get(PAGE, ARTICLE)
    assert "Norma cambiata" in page.content.decode()

    client.post(
        "/avvisi/segui/", {"cosa": page.context["following"].thing.token, "cadence": "here"}
    )

    kept = Follow.objects.get()
    assert (kept.key, kept.title) == (f"guide:norm:{ACT}:36", f"art. 36, {ACT}")
    assert client.get(kept.url).status_code == 200
    assert 'rel="alternate"' not in client.get(kept.url).content.decode()
    services.open_feed(follow=kept)
    assert (
        f"/avvisi/feed/{Follow.objects.get().feed_token}/" in client.get(kept.url).content.decode()
    )


def test_a_visitor_reads_the_norm_but_neither_follows_nor_sees_what_is_for_members(client, norm):
    tell()
    page = client.get(PAGE, ARTICLE).content.decode()
    assert "Il comma due." in page
    assert "Norma cambiata" not in page
    assert 'name="cosa"' not in page


@pytest.mark.parametrize("count", [1, 5])
def test_the_page_asks_the_same_questions_however_much_there_is(
    client, login, person, norm, count, django_assert_max_num_queries
):
    for _ in range(count):
        tell()
    login(client, person("reader"))
    with django_assert_max_num_queries(11):
        client.get(PAGE, ARTICLE)
