"""Signatures of messages (S/MIME, as PEC providers put them): of the first part, in the second."""

import email
import re
from dataclasses import replace
from email.errors import MessageError
from email.parser import BytesHeaderParser

from asn1crypto import cms

from casa.drafting.signatures.checking import BROKEN, checked
from casa.drafting.signer import Signer

_END_OF_HEADERS = re.compile(rb"\r\n\r\n")
_NOTE = "Firma del messaggio."
_UNREADABLE = "La firma del messaggio è scritta in un modo che non si sa leggere."


def mail_signers(data: bytes) -> tuple[Signer, ...]:
    """Who signed the whole message; empty when it is not signed."""
    headers = BytesHeaderParser().parsebytes(data)
    if headers.get_content_type() != "multipart/signed":
        return ()
    try:
        signed, signature = _parts(data, str(headers.get_boundary() or ""))
        held = cms.ContentInfo.load(signature)["content"]
        found = [checked(held, info, signed, layer=0) for info in held["signer_infos"]]
    except (*BROKEN, MessageError, LookupError):
        return (Signer(note=_UNREADABLE),)
    return tuple(replace(one, note=f"{_NOTE} {one.note}".strip()) for one in found)


def _parts(data: bytes, boundary: str) -> tuple[bytes, bytes]:
    """The signed bytes with the line ends that were signed, and the signature (RFC 8551, 3.5.3)."""
    whole = re.sub(rb"\r?\n", b"\r\n", data)
    body = b"\r\n" + _END_OF_HEADERS.split(whole, maxsplit=1)[1]
    pieces = body.split(b"\r\n--" + boundary.encode())
    signed = pieces[1].partition(b"\r\n")[2]
    second = email.message_from_bytes(pieces[2].partition(b"\r\n")[2])
    signature = second.get_payload(decode=True)
    if not isinstance(signature, bytes):
        raise ValueError("signature")  # noqa: TRY004 -- it is the file that is wrong
    return signed, signature
