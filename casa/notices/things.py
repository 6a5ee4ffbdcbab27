"""A thing that can be followed, as its own page offers it: signed, so that nobody makes one up."""

from dataclasses import dataclass

from django.core import signing

SALT = "casa.notices.thing"


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
