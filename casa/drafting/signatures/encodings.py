"""From however an envelope was written down (DER, PEM, base64 once or twice, MIME) to its DER."""

import base64
import binascii
import email
import re

from casa.drafting.signer import BadEnvelope

SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
TIME_STAMPED = bytes.fromhex("2a864886f70d010910011f")
_SEQUENCE = 0x30
_LONG_FORM = 0x80
_MARK = b"\xef\xbb\xbf"
_TIMES = 4
_HEAD = 40
_PEM = re.compile(rb"-----BEGIN [A-Z0-9 ]+-----(.*?)-----END", re.DOTALL)
_MIME = re.compile(rb"(?i)(?:mime-version|content-type|to|from|subject):")
_LETTERS = re.compile(rb"[A-Za-z0-9+/]+={0,2}")
_DAMAGED = "La busta firmata è danneggiata: il testo base64 non si decodifica."
_NOT_SIGNED = "Il file non è una busta firmata."


def is_signed(data: bytes) -> bool:
    """Whether the bytes are a signed or time-stamped envelope, in any encoding."""
    try:
        der = to_der(data)
    except BadEnvelope:
        return False
    return SIGNED_DATA in der[:_HEAD] or TIME_STAMPED in der[:_HEAD]


def to_der(data: bytes) -> bytes:
    """The envelope as DER or BER. Raises BadEnvelope when there is none."""
    for _ in range(_TIMES):
        if data[:1] == bytes([_SEQUENCE]) and len(data) > 1 and data[1] >= _LONG_FORM:
            return data
        data = _decoded(data)
    raise BadEnvelope("La busta firmata è codificata troppe volte.")


def _decoded(data: bytes) -> bytes:
    """One encoding less."""
    start = data[:200].lstrip(_MARK + b" \t\r\n")
    if start.startswith(b"-----BEGIN") and (pem := _PEM.search(data)):
        return _base64(re.sub(rb"[^A-Za-z0-9+/]", b"", pem[1]))
    if _MIME.match(start):
        return _mime_part(data.lstrip(_MARK))
    letters = re.sub(rb"[\s\x00]", b"", data.lstrip(_MARK))
    if letters and _LETTERS.fullmatch(letters):
        return _base64(letters.rstrip(b"="))
    raise BadEnvelope(_NOT_SIGNED)


def _base64(letters: bytes) -> bytes:
    try:
        return base64.b64decode(letters + b"=" * (-len(letters) % 4), validate=True)
    except binascii.Error as error:
        raise BadEnvelope(_DAMAGED) from error


def _mime_part(data: bytes) -> bytes:
    """The signed part of a message that carries one (S/MIME)."""
    for part in email.message_from_bytes(data).walk():
        if part.is_multipart():
            continue
        name = (part.get_filename() or "").lower()
        signed = part.get_content_type() in ("application/pkcs7-mime", "application/x-pkcs7-mime")
        content = part.get_payload(decode=True)
        if (signed or name.endswith(".p7m")) and isinstance(content, bytes) and content:
            return content
    raise BadEnvelope(_NOT_SIGNED)
