"""Messages (EML, PEC, and MSG of Outlook): who, when, what about, the text, what is attached."""

import email
import email.header
import email.utils
from collections.abc import Sequence
from contextlib import suppress
from email.errors import MessageError
from email.message import Message
from pathlib import Path

import olefile

from casa.drafting import signatures
from casa.drafting.limits import Limits
from casa.drafting.passages import Content
from casa.drafting.readers import members, outlook
from casa.drafting.readers.letter import Attachment, Letter, body_of, content_of, decoded
from casa.drafting.text import clean, one_line

_HEADERS = (("from", "Da"), ("to", "A"), ("cc", "Per conoscenza"), ("reply-to", "Rispondere a"))
_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature")
_ENVELOPES = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_BODIES = ("text/plain", "text/html")
_MESSAGE = "message/rfc822"
_LONGEST = 2_000
BROKEN = (MessageError, LookupError, ValueError, TypeError, AttributeError)


def read(path: Path, *, limits: Limits) -> Content:
    """The message as a document: its subject is the title, attachments are read below it."""
    content = content_of(letter_of(path), limits=limits)
    if not olefile.isOleFile(path):
        content.signers = [*signatures.mail_signers(path.read_bytes()), *content.signers]
    return content


def letter_of(path: Path) -> Letter:
    """The message in a file of either kind, with its attachments."""
    if olefile.isOleFile(path):
        return outlook.letter_of(path)
    return _letter(email.message_from_bytes(path.read_bytes()))


def _letter(message: Message) -> Letter:
    letter = Letter(subject=_header(message, "subject"), sender=_header(message, "from"))
    letter.headers = [(label, text) for name, label in _HEADERS if (text := _header(message, name))]
    sent = _header(message, "date")
    if sent:
        letter.sent, shown = _moment(sent)
        letter.headers.append(("Data", shown))
    _collect(message, letter, bodies=True, root=True)
    return letter


def _moment(text: str) -> tuple[str, str]:
    """The date of a message for programs and as people write it; as it stands when it is none."""
    try:
        when = email.utils.parsedate_to_datetime(text)
    except BROKEN:
        return "", text
    zone = f" ({when:%z})" if when.tzinfo else ""
    return when.isoformat(), f"{when:%d/%m/%Y %H:%M}{zone}"


def _header(message: Message, name: str) -> str:
    """A header in letters: encoded words, or bytes that stand there as they are."""
    raw = next((str(text) for key, text in message.raw_items() if key.lower() == name), "")
    return _in_letters(raw)


def _in_letters(raw: str) -> str:
    text = decoded(raw.encode("utf-8", "surrogateescape"))[:_LONGEST]
    with suppress(*BROKEN):
        text = str(email.header.make_header(email.header.decode_header(text)))
    return one_line(clean(text))


def _collect(part: Message, letter: Letter, *, bodies: bool, root: bool = False) -> None:
    """Every leaf of a message is a part of its text or an attachment: nothing is lost."""
    kind = part.get_content_type()
    if kind.startswith("message/") and not root:
        letter.attachments.append(_inner(part, kind))
    elif part.is_multipart():
        children = [child for child in _children(part) if isinstance(child, Message)]
        chosen = _best(children) if kind == "multipart/alternative" else None
        for child in children:
            _collect(child, letter, bodies=bodies and chosen in (None, child))
    elif root and kind in _ENVELOPES:
        _open(part, letter)
    elif _is_body(part):
        if bodies:
            letter.body += body_of(_text(part), is_html=kind == "text/html")
    else:
        letter.attachments.append(_attachment(part, kind))


def _open(part: Message, letter: Letter) -> None:
    """A message that is an envelope as a whole (S/MIME): what it holds is a message's inside."""
    try:
        envelope = signatures.unwrap(_bytes(part))
    except signatures.BadEnvelope as reason:
        letter.unread.append(str(reason))
        return
    letter.signers += envelope.signers
    _collect(email.message_from_bytes(envelope.content), letter, bodies=True)


def _children(part: Message) -> Sequence[object]:
    held = part.get_payload()
    return held if isinstance(held, list) else []


def _best(children: Sequence[Message]) -> Message | None:
    """Of several ways to say the same, the plain one when it has words."""
    plain = (one for one in children if one.get_content_type() == "text/plain")
    return next((one for one in plain if _text(one).strip()), children[-1] if children else None)


def _is_body(part: Message) -> bool:
    attached = str(part.get("content-disposition", "")).lower().startswith("attachment")
    return part.get_content_type() in _BODIES and not attached and not _file_name(part)


def _file_name(part: Message) -> str:
    try:
        return _in_letters(part.get_filename() or "")
    except BROKEN:
        return "senza nome"


def _bytes(part: Message) -> bytes:
    try:
        held = part.get_payload(decode=True)
    except BROKEN:
        return b""
    return held if isinstance(held, bytes) else b""


def _text(part: Message) -> str:
    try:
        charset = part.get_content_charset() or ""
    except BROKEN:
        charset = ""
    return decoded(_bytes(part), charset)


def _attachment(part: Message, kind: str) -> Attachment:
    inline = str(part.get("content-disposition", "")).lower().startswith("inline")
    pictured = kind.startswith("image/") and (inline or part.get("content-id") is not None)
    name = members.name_of(_file_name(part))
    return Attachment(name, _bytes(part), inside=pictured, signature=kind in _SIGNATURES)


def _inner(part: Message, kind: str) -> Attachment:
    """A message inside, or a report on one (message/delivery-status) as its own lines."""
    held = [child for child in _children(part) if isinstance(child, Message)]
    name = members.name_of(_file_name(part))
    if kind == _MESSAGE and held:
        return Attachment(name, _letter(held[0]))
    lines = [f"{key}: {_in_letters(str(text))}" for one in held for key, text in one.raw_items()]
    return Attachment(name, "\n\n".join(lines).encode() or _bytes(part))
