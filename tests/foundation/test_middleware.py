"""Characters that no page can use do not reach the pages."""

import pytest
from django.http import HttpResponse

from casa.foundation.middleware import drop_nul
from tests.factories import BodyFactory

pytestmark = pytest.mark.django_db
DIGITS = "1" * 5000


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("q=a%00b&q=%00", {"q": ["ab", ""]}),
        ("q=%0%000", {"q": [""]}),
        ("q=100%25&r=%2500", {"q": ["100%"], "r": ["%00"]}),
        ("", {}),
    ],
)
def test_nul_characters_are_taken_out_of_the_query(rf, sent: str, seen: dict[str, list[str]]):
    request = rf.get("/", QUERY_STRING=sent)

    drop_nul(lambda _request: HttpResponse())(request)

    assert dict(request.GET.lists()) == seen


@pytest.mark.parametrize(
    "address",
    [
        "/biblioteca/?tipo=%00",
        "/cerca/?pilastro=%00",
        "/cerca/?q=%00",
        f"/cerca/?pagina={DIGITS}",
        f"/cerca/?ente={DIGITS}",
        f"/biblioteca/?pagina={DIGITS}",
        f"/biblioteca/?ente={DIGITS}",
        f"/biblioteca/?anno={DIGITS}",
    ],
)
def test_no_strange_query_breaks_a_public_page(client, address: str):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/cerca/feed/a%00b/", "/biblioteca/a%00b/"])
def test_an_address_with_nul_is_no_page(client, address: str):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["stato=%00", f"pagina={DIGITS}"])
def test_no_strange_query_breaks_the_files_of_a_body(client, login, person, query: str):
    login(client, person("author", BodyFactory()))

    assert client.get(f"/carica/file/?{query}").status_code == 200
