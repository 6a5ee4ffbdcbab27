"""Messages (EML, and MSG of Outlook): who, when, what about, the text, what is attached."""

import email
import email.policy
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import olefile

from casa.drafting.errors import Unreadable
from casa.drafting.limits import Limits
from casa.drafting.lines import joined, paragraphs
from casa.drafting.passages import Content, Passage
from casa.drafting.readers import html
from casa.drafting.text import clean, one_line

CERTAINTY = 0.8
_MOST_ATTACHMENTS = 200
_HEADERS = (("from", "Da"), ("to", "A"), ("cc", "Per conoscenza"), ("date", "Data"))
# MAPI properties of an Outlook message, as names of its streams (Unicode text)
_OUTLOOK = {"0037": "subject", "0C1A": "from", "0E04": "to", "0E03": "cc", "1000": "text"}
_UNICODE, _FILE_NAME = "001F", "3707001F"


@dataclass(slots=True)
class _Message:
    headers: dict[str, str] = field(default_factory=dict)
    subject: str = ""
    passages: list[Passage] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)


def read(path: Path, *, limits: Limits) -> Content:
    """The message as a document: its subject is the title. Attachments are named, not opened."""
    outlook = olefile.isOleFile(path)
    message = _from_outlook(path) if outlook else _from_text(path)
    passages = [Passage(message.subject or "Messaggio senza oggetto", outline=1)]
    passages += [
        Passage(f"{label}: {message.headers[name]}", flat=True)
        for name, label in _HEADERS
        if message.headers.get(name)
    ]
    passages += message.passages
    if message.attachments:
        passages.append(Passage("Allegati", outline=2))
        passages += [Passage(name, flat=True) for name in message.attachments]
    if sum(len(passage.text) for passage in passages) > limits.characters:
        raise Unreadable("too_large")
    unread = ["Gli allegati del messaggio non si leggono qui: salvali e caricali uno per uno."]
    return Content(
        passages=passages,
        unread=unread if message.attachments else [],
        confidence=CERTAINTY,
    )


def _from_text(path: Path) -> _Message:
    parsed = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    if not isinstance(parsed, EmailMessage):
        raise Unreadable("corrupt")
    found = _Message(
        headers={name: one_line(clean(str(parsed.get(name, "")))) for name, _ in _HEADERS},
        subject=one_line(clean(str(parsed.get("subject", "")))),
    )
    body = parsed.get_body(preferencelist=("plain", "html"))
    if body is not None:
        text = str(body.get_content())
        found.passages = _passages(text, is_html=body.get_content_subtype() == "html")
    for part in list(parsed.iter_attachments())[:_MOST_ATTACHMENTS]:
        found.attachments.append(one_line(clean(part.get_filename() or "senza nome")))
    return found


def _from_outlook(path: Path) -> _Message:
    with olefile.OleFileIO(path) as file:
        streams = ["/".join(parts) for parts in file.listdir(streams=True)]
        values = {
            name: _text(file.openstream(f"__substg1.0_{code}{_UNICODE}").read())
            for code, name in _OUTLOOK.items()
            if f"__substg1.0_{code}{_UNICODE}" in streams
        }
        names = [name for name in streams if name.endswith(_FILE_NAME)][:_MOST_ATTACHMENTS]
        attached = [one_line(_text(file.openstream(name).read())) for name in names]
    return _Message(
        headers={name: one_line(values.get(name, "")) for name, _ in _HEADERS},
        subject=one_line(values.get("subject", "")),
        passages=_passages(values.get("text", ""), is_html=False),
        attachments=attached,
    )


def _text(data: bytes) -> str:
    return clean(data.decode("utf-16-le", "replace").rstrip("\0"))


def _passages(text: str, *, is_html: bool) -> list[Passage]:
    if is_html:
        return html.passages_of(text)
    return [Passage(joined(group)) for group in paragraphs(clean(text))]
