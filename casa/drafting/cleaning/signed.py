"""A signed envelope: what is inside is cleaned; the signature cannot come along."""

from pathlib import Path
from tempfile import TemporaryDirectory

from casa.drafting.cleaning import cleaning
from casa.drafting.cleaning.decisions import Cleaned
from casa.drafting.cleaning.work import Work
from casa.drafting.errors import Unreadable
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.signatures import BadEnvelope, unwrap


def clean(path: Path, *, work: Work, limits: Limits = DEFAULT) -> Cleaned:
    """The cleaned copy of the content. Raises Unreadable."""
    try:
        envelope = unwrap(path.read_bytes())
    except BadEnvelope as error:
        raise Unreadable("envelope", str(error)) from error
    work.dropped["signatures"] += max(1, len(envelope.signers))
    work.warn("signature-broken")
    with TemporaryDirectory() as folder:
        inside = Path(folder, "content")
        inside.write_bytes(envelope.content)
        return cleaning.clean_with(inside, work=work, limits=limits)
