"""A message as it is told on a page, wherever it was written: EML or MSG."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from casa.drafting.draft import Metadata
from casa.drafting.encodings import decode
from casa.drafting.errors import Unreadable
from casa.drafting.limits import Limits
from casa.drafting.lines import joined, paragraphs
from casa.drafting.passages import Content, Passage
from casa.drafting.readers import html, members
from casa.drafting.signer import Signer
from casa.drafting.text import clean

CERTAINTY = 0.8
MOST_ATTACHMENTS = 200
_NO_SUBJECT = "Messaggio senza oggetto"
_DEEPEST = 9
_TOO_DEEP = "«{name}»: è un messaggio dentro troppi altri, e non si legge."
_MORE = "Il messaggio ha più di {most} allegati: gli altri non si leggono."


@dataclass(slots=True)
class Attachment:
    """One attachment: bytes, or a message. `inside` ones are pictures of the text itself."""

    name: str
    data: "bytes | Letter"
    inside: bool = False
    signature: bool = False


@dataclass(slots=True)
class Letter:
    """One message. `sent` is ISO 8601 text, "" where the message does not say.

    Personal data: names and addresses of who wrote and who received, as the message has them.
    """

    subject: str = ""
    sender: str = ""
    sent: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: list[Passage] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    signers: list[Signer] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)


def body_of(text: str, *, is_html: bool) -> list[Passage]:
    """The passages of a text of a message."""
    if is_html:
        return html.passages_of(text) if text.strip() else []
    return [Passage(joined(group)) for group in paragraphs(clean(text))]


def decoded(data: bytes, charset: str = "") -> str:
    """The letters that the message says these bytes are, else those they look like."""
    try:
        return data.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decode(data) or data.decode("latin-1")


def content_of(letter: Letter, *, limits: Limits) -> Content:
    """The message as a document, with its attachments below it."""
    about = Metadata(title=letter.subject, author=letter.sender, created=letter.sent)
    content = Content(confidence=CERTAINTY, metadata=about)
    _tell(content, letter, limits=limits, level=1)
    if sum(len(passage.text) for passage in content.passages) > limits.characters:
        raise Unreadable("too_large")
    content.metadata = about
    return content


def _tell(content: Content, letter: Letter, *, limits: Limits, level: int) -> None:
    heading = Passage(letter.subject or _NO_SUBJECT, outline=min(level, _DEEPEST))
    content.passages.append(heading)
    for label, value in letter.headers:
        content.passages.append(Passage(f"{label}: {value}", flat=True))
    for passage in letter.body:
        outline = min(passage.outline + level, _DEEPEST) if passage.outline else 0
        content.passages.append(replace(passage, outline=outline))
    content.unread += letter.unread
    content.signers += letter.signers
    _tell_attachments(content, letter.attachments, limits=limits, level=level + 1)


def _tell_attachments(
    content: Content, attachments: Sequence[Attachment], *, limits: Limits, level: int
) -> None:
    if not attachments:
        return
    kept = attachments[:MOST_ATTACHMENTS]
    content.passages.append(Passage("Allegati", outline=min(level, _DEEPEST)))
    content.passages += [Passage(_line(one), flat=True) for one in kept]
    if len(attachments) > MOST_ATTACHMENTS:
        content.unread.append(_MORE.format(most=MOST_ATTACHMENTS))
    for one in kept:
        if not one.inside and not one.signature:
            _add(content, one, limits=limits, level=level)


def _add(content: Content, attachment: Attachment, *, limits: Limits, level: int) -> None:
    inner = attachment.data
    if isinstance(inner, bytes):
        members.add(content, attachment.name, inner, limits=limits, level=level)
    elif limits.depth < 1:
        content.unread.append(_TOO_DEEP.format(name=attachment.name))
    else:
        deeper = replace(limits, depth=limits.depth - 1)
        _tell(content, inner, limits=deeper, level=level)


def _line(attachment: Attachment) -> str:
    if isinstance(attachment.data, Letter):
        return f"{attachment.name} (un messaggio di posta)"
    if attachment.signature:
        return f"{attachment.name} (la firma del messaggio)"
    return members.described(attachment.name, attachment.data)
