"""Who signed, and what can be said of it."""

from dataclasses import dataclass
from typing import Literal, get_args

Integrity = Literal["intact", "altered", "unverified"]
INTEGRITIES: tuple[Integrity, ...] = get_args(Integrity)


class BadEnvelope(ValueError):  # noqa: N818 -- it reads as a sentence
    """The envelope cannot be opened; the message is an Italian sentence."""


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature as the envelope tells it.

    `integrity` speaks of bytes only: "intact" when they are those signed with the key of the
    certificate, "altered" when they are not, "unverified" when it cannot be known; `note` says why
    in Italian, or what else a reader should know. `layer` counts envelopes from the outermost, 0.
    Times are ISO 8601 text, "" where the envelope does not say.

    Personal data: the signer's name and fiscal code, as the certificate states them.
    """

    name: str = ""
    fiscal_code: str = ""
    issuer: str = ""
    signed_at: str = ""
    algorithm: str = ""
    integrity: Integrity = "unverified"
    layer: int = 0
    note: str = ""
