"""`python -m casa.drafting unwrap FILE` prints the bytes inside every signed envelope of a file."""

from pathlib import Path

from casa.drafting.errors import Unreadable
from casa.drafting.signatures.envelope import unwrap
from casa.drafting.signatures.signer import BadEnvelope


def run(arguments: list[str]) -> bytes:
    """The content; refuses with the sentence of `BadEnvelope`."""
    (path,) = arguments
    try:
        return unwrap(Path(path).read_bytes()).content
    except BadEnvelope as error:
        raise Unreadable("envelope", str(error)) from error
