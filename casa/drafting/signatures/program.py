"""`python -m casa.drafting unwrap FILE` prints the bytes inside the signed envelopes of a file.

Of an archive or a message it prints a ZIP with what every signed file in it holds: an antivirus
does not look into envelopes written in base64.
"""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from casa.drafting.archive import guard, opened
from casa.drafting.errors import Unreadable
from casa.drafting.kinds import Kind
from casa.drafting.limits import DEFAULT
from casa.drafting.readers import mail
from casa.drafting.readers.letter import Letter
from casa.drafting.signatures.envelope import unwrap
from casa.drafting.signer import BadEnvelope
from casa.drafting.sniffing import sniff


def run(arguments: list[str]) -> bytes:
    """The content; refuses with the sentence of `BadEnvelope`."""
    path = Path(arguments[0])
    if sniff(path) not in (Kind.ZIP, Kind.MESSAGE):
        return _opened(path.read_bytes())
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for number, content in enumerate(_signed_inside(path, depth=DEFAULT.depth)):
            made.writestr(str(number), content)
    return target.getvalue()


def _opened(data: bytes) -> bytes:
    try:
        return unwrap(data).content
    except BadEnvelope as error:
        raise Unreadable("envelope", str(error)) from error


def _signed_inside(path: Path, *, depth: int) -> Iterator[bytes]:
    """What the signed files in this one hold, and the signed files in those."""
    if depth < 0:
        return
    for data in _members(path):
        with TemporaryDirectory() as folder:
            copy = Path(folder, "member")
            copy.write_bytes(data)
            if sniff(copy) == Kind.SIGNED:
                try:
                    copy.write_bytes(_opened(data))
                except Unreadable:
                    continue
                yield copy.read_bytes()
            yield from _signed_inside(copy, depth=depth - 1)


def _members(path: Path) -> Iterator[bytes]:
    kind = sniff(path)
    if kind == Kind.ZIP:
        guard(path, limits=DEFAULT)
        with opened(path) as archive:
            yield from (archive.read(entry) for entry in archive.infolist() if not entry.is_dir())
    elif kind == Kind.MESSAGE:
        yield from _attached(mail.letter_of(path))


def _attached(letter: Letter) -> Iterator[bytes]:
    for one in letter.attachments:
        if isinstance(one.data, bytes):
            yield one.data
        else:
            yield from _attached(one.data)
