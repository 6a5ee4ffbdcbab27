"""A thing that can be followed, as its own page offers it: signed, so that nobody makes one up."""

from dataclasses import dataclass

from django.core import signing
from django.utils.functional import Promise

SALT = "casa.notices.thing"

_kinds: dict[str, str | Promise] = {}


@dataclass(frozen=True, slots=True)
class Thing:
    """`key` names it as its index card does; `url` is where it is read."""

    key: str
    title: str
    url: str

    @property
    def token(self) -> str:
        """What the form of «Segui» carries."""
        return signing.dumps([self.key, self.title, self.url], salt=SALT, compress=True)


def thing_of(token: str) -> Thing:
    """The thing a form names. Raises `signing.BadSignature` for one this platform did not write."""
    key, title, url = signing.loads(token, salt=SALT)
    return Thing(key, title, url)


def call(kind: str, words: str | Promise) -> None:
    """Say what the things are whose keys begin with `room:kind`; rooms call it in `ready()`."""
    _kinds[kind] = words


def kind_of(key: str) -> str:
    """What a thing is, in a word: «Ente»."""
    return str(_kinds.get(":".join(key.split(":")[:2]), ""))
