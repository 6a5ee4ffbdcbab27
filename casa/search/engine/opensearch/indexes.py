"""The indexes on the server: one alias per kind, one index behind it per generation.

casa-1a2b3c4d5e6f                                    (the alias that readers ask)
casa-1a2b3c4d5e6f-g-20261125-101530-4f2a             (what it points to)
"""

from django.utils import timezone
from django.utils.crypto import get_random_string

from casa.search.engine.opensearch.mapping import fingerprint, settings_of_index
from casa.search.engine.opensearch.server import LONG_SECONDS, Server
from casa.search.engine.seam import EngineUnavailable


class Indexes:
    """Makes generations, points the alias to one, removes the others."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.alias = f"{server.prefix}-{fingerprint()}"

    def current(self) -> str:
        """The index behind the alias; refuses when there is none."""
        with self._server.asked("alias") as client:
            behind = list(client.indices.get_alias(name=self.alias))
        if not behind:
            raise EngineUnavailable(f"no index behind {self.alias}")
        return str(behind[0])

    def aside(self) -> str:
        """The newest index that nobody asks: one that was being made. Empty: there is none."""
        with self._server.asked("aside") as client:
            held = client.indices.get_alias(name=self.alias, params={"ignore": 404})
            made = client.indices.get(index=f"{self.alias}-g-*")
        return str(max(set(made) - set(held), default=""))

    def make(self) -> str:
        moment = timezone.now().strftime("%Y%m%d-%H%M%S")
        name = f"{self.alias}-g-{moment}-{get_random_string(4).lower()}"
        with self._server.asked("create") as client:
            body = settings_of_index()
            client.indices.create(index=name, body=body, params={"timeout": LONG_SECONDS})
        return name

    def point_to(self, name: str) -> None:
        """In one act on the server: a reader asks the old index or the new one, never none."""
        with self._server.asked("swap") as client:
            if not client.indices.exists(index=name):
                raise EngineUnavailable(f"no index {name}")
            held = client.indices.get_alias(name=self.alias, params={"ignore": 404})
            actions = [
                {"remove": {"index": index, "alias": self.alias}}
                for index in held
                if index.startswith(self.alias)
            ]
            actions.append({"add": {"index": name, "alias": self.alias}})
            client.indices.update_aliases(body={"actions": actions})

    def sweep(self) -> None:
        """Remove what nobody asks: old generations, half-made ones, other kinds of index."""
        kept = self.current()
        with self._server.asked("sweep") as client:
            for name in client.indices.get(index=f"{self._server.prefix}-*-g-*"):
                if name != kept:
                    client.indices.delete(index=name)
