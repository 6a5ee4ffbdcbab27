"""Casa's search as the bench asks it: the engine behind the seam, and what a page calls."""

import time
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from bench.measure import folder_megabytes
from casa.registry.actor import Actor, Held
from casa.search import engine, follower, queries, synonyms
from casa.search.engine.seam import Asked, Sort
from casa.search.models import IndexCard
from casa.search.prepare import load_synonyms
from casa.search.query import nearly, parse
from casa.search.services import file_card

PATIENCE = 0.005
"""Seconds between two looks for a change."""
TOKENS = frozenset({"pub", "net", "body:1"})


class Engine:
    """The seam's own questions, rights included."""

    name = "Casa, engine"

    def build(self) -> None:
        load_synonyms(Path("data/synonyms.csv"))
        follower.catch_up()

    def megabytes(self) -> float:
        return folder_megabytes(Path(settings.SEARCH_DIR))

    def words(self, words: str) -> object:
        return self._search(synonyms.expand(parse(words), synonyms.table()))

    def phrase(self, words: str) -> object:
        return self.words(f'"{words}"')

    def prefix(self, words: str) -> object:
        return self.words(f"{words}*")

    def typo(self, words: str) -> object:
        tree = nearly(parse(words))
        return self._search(Asked(tree, tree))

    def _search(self, asked: Asked) -> object:
        return engine.current().search(
            asked,
            access=TOKENS,
            filters={},
            facets=(),
            sort=Sort.RELEVANCE,
            offset=0,
            limit=10,
        )


class Page:
    """What pages call, for somebody of a body of the network."""

    name = "Casa, whole"

    def __init__(self) -> None:
        self.actor = Actor(id=1, mandates=frozenset({Held(1, 1, "reader")}))

    def words(self, words: str) -> object:
        return queries.find(self.actor, words=words)

    whole = typo = words

    def phrase(self, words: str) -> object:
        return self.words(f'"{words}"')

    def prefix(self, words: str) -> object:
        return self.words(f"{words}*")

    def similar(self, key: str) -> object:
        """Compared anew each time: pages keep the answer for ten minutes."""
        cache.clear()
        return queries.similar(self.actor, key)

    def suggest(self, words: str) -> object:
        return queries.suggest(self.actor, words)

    def change(self, card: IndexCard) -> None:
        """File a card and look for it until it is found, while the follower works beside."""
        word = f"novita{time.monotonic_ns()}"
        file_card(
            key=card.key,
            kind=card.kind,
            title=f"{card.title[:200]} {word}",
            object=card.object,
            text=card.text,
            url=card.url,
            body=None,
            facets={name: values for name, values in card.facets.items() if name != "kind"},
            audience=["pub"],
            dated_on=card.dated_on,
            reviewed=card.reviewed,
            clauses=card.clauses,
        )
        self._following = Thread(target=_follow)
        self._following.start()
        while not queries.find(self.actor, words=word).hits:
            if not self._following.is_alive() and not queries.find(self.actor, words=word).hits:
                raise AssertionError(f"{card.key} is not found")
            time.sleep(PATIENCE)

    def settle(self) -> None:
        """Let the follower end its merges, which nobody waits for who looks for a change."""
        self._following.join()


def _follow() -> None:
    follower.catch_up()
    connection.close()
