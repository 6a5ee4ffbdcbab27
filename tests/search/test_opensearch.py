"""The engine on a server passes the contract, and what only a server can do to us.

The server is the double `osmem-server`, on loopback; each test has a clone of its own.
"""

import socket
import time

import pytest
from django.utils import timezone
from opensearchpy import OpenSearch

from casa.registry.actor import ANONYMOUS
from casa.search import engine as engines
from casa.search.engine.opensearch import OpenSearchEngine
from casa.search.engine.seam import Applied, EngineSilent, EngineUnavailable
from casa.search.follower import catch_up
from casa.search.queries import find, health, similar, suggest
from tests.search.contract import EngineContract, ask, document, keys, putter
from tests.search.makers import card


@pytest.fixture
def engine(osmem_url):
    return OpenSearchEngine(f"{osmem_url}/prova")


@pytest.fixture
def put(engine):
    return putter(engine)


class TestOpenSearch(EngineContract):
    pass


class TestServer:
    """What a server does that files do not."""

    def test_a_commit_killed_before_its_number_is_applied_again(self, engine, put, osmem_url):
        put(document("a", "Mensa"))
        engine.upsert([document("b", "Mensa")])
        again = OpenSearchEngine(f"{osmem_url}/prova")  # the process that follows the killed one
        assert again.health().applied == Applied(1, "mark-1")
        again.upsert([document("b", "Mensa")])
        again.commit(Applied(2, "two"))
        assert (keys(again, "mensa"), again.health().documents) == ({"a", "b"}, 2)

    def test_old_and_half_made_indexes_are_removed_and_others_left(self, engine, put, osmem_url):
        client = OpenSearch([osmem_url])
        client.indices.create(index="prova-000000000000-g-old")
        client.indices.create(index="altro-000000000000-g-old")
        engine.rebuild([], Applied(1, "x"), lambda _count: None)
        engine.swap(engine.rebuild([], Applied(1, "x"), lambda _count: None))
        assert len(client.indices.get(index="prova-*")) == 1
        assert client.indices.exists(index="altro-000000000000-g-old")

    def test_an_index_of_another_kind_is_not_asked(self, put, osmem_url, monkeypatch):
        put(document("a", "Mensa"))
        monkeypatch.setattr("casa.search.engine.opensearch.mapping.EDITION", 99)
        with pytest.raises(EngineUnavailable):
            ask(OpenSearchEngine(f"{osmem_url}/prova"), "mensa")

    def test_a_change_the_server_refuses_is_no_success(self, engine, put):
        wrong = document("a", "Mensa", sequence="molti")
        engine.upsert([wrong])
        with pytest.raises(EngineUnavailable, match="refused"):
            engine.commit(Applied(9, "nine"))
        assert engine.health().applied == Applied(0, "start")

    def test_a_silent_server_is_told_from_a_missing_index(self):
        nobody = OpenSearchEngine(nobodys_address())
        assert nobody.health().silent
        with pytest.raises(EngineSilent):
            ask(nobody, "mensa")
        assert not nobody.is_reported_damaged()

    def test_after_a_silence_nobody_waits_again_at_once(self, silent_socket, monkeypatch):
        monkeypatch.setattr("casa.search.engine.opensearch.server.PATIENCE_SECONDS", 0.3)
        slow = OpenSearchEngine(silent_socket)
        started = time.monotonic()
        for _ in range(20):
            with pytest.raises(EngineSilent):
                ask(slow, "mensa")
        assert time.monotonic() - started < 5.0  # waiting each time would be six seconds

    def test_the_password_is_not_in_what_is_said(self):
        address = nobodys_address().replace("http://", "http://casa:segreta@")
        assert "segreta" not in OpenSearchEngine(address).health().problem


class TestHouse:
    """The whole room on the server that `CASA_SEARCH_URL` names."""

    @pytest.fixture(autouse=True)
    def on_the_server(self, db, settings, osmem_url):
        settings.SEARCH_URL = osmem_url
        yield
        engines._engine_at.cache_clear()

    def test_cards_are_followed_found_suggested_and_compared(self):
        card(key="a", title="Disciplinare della mensa", text="pasti e diete per gli alunni")
        card(key="b", title="Capitolato della mensa", text="pasti per gli alunni")
        card(key="c", title="Mensa riservata", audience=["body:1"])
        catch_up()
        assert {hit.key for hit in find(ANONYMOUS, words="l'alunno mensa").hits} == {"a", "b"}
        assert [link.key for link in suggest(ANONYMOUS, "disc")] == ["a"]
        assert [link.key for link in similar(ANONYMOUS, "a")] == ["b"]
        assert find(ANONYMOUS, words="mesna disciplinare").did_you_mean == "mensa disciplinare"

    def test_while_the_server_is_silent_titles_are_searched(self, settings):
        card(key="a", title="Disciplinare della mensa")
        card(key="b", title="Mensa riservata", audience=["body:1"])
        settings.SEARCH_URL = nobodys_address()
        found = find(ANONYMOUS, words="mensa")
        assert [hit.key for hit in found.hits] == ["a"]
        assert found.problem
        assert suggest(ANONYMOUS, "mensa") == ()

    def test_the_follower_waits_for_a_silent_server_and_rebuilds_nothing(self, settings):
        card(key="a", title="Mensa")
        catch_up()
        before = engines.current().health().generation
        here, settings.SEARCH_URL = settings.SEARCH_URL, nobodys_address()
        with pytest.raises(EngineSilent):
            catch_up()
        settings.SEARCH_URL = here
        card(key="b", title="Mensa")
        catch_up()
        assert engines.current().health().generation == before
        assert len(find(ANONYMOUS, words="mensa").hits) == 2

    def test_the_status_page_says_who_is_silent(self, settings):
        settings.SEARCH_URL = nobodys_address()
        assert "non risponde" in health(now=timezone.now()).problem


def nobodys_address():
    """A port of this computer where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


@pytest.fixture
def silent_socket():
    """A port that takes calls and never answers."""
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen(50)
        yield f"http://127.0.0.1:{mute.getsockname()[1]}"
