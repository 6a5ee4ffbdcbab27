"""Signatures: what is inside a signed envelope, who signed it, whether the bytes are those signed.

>>> from casa.drafting import signatures
>>> envelope = signatures.unwrap(data)  # doctest: +SKIP
>>> envelope.content, envelope.signers, envelope.layers  # doctest: +SKIP

Nothing here says that a signature is valid for the law: trust lists and revocations are not asked.
"""

from casa.drafting.signatures.encodings import is_signed, to_der
from casa.drafting.signatures.envelope import Envelope, unwrap
from casa.drafting.signatures.inside_mail import mail_signers
from casa.drafting.signatures.inside_pdf import pdf_signers
from casa.drafting.signer import INTEGRITIES, BadEnvelope, Integrity, Signer

__all__ = [
    "INTEGRITIES",
    "BadEnvelope",
    "Envelope",
    "Integrity",
    "Signer",
    "is_signed",
    "mail_signers",
    "pdf_signers",
    "to_der",
    "unwrap",
]
