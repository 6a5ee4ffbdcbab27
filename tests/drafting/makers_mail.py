"""Messages for tests: EML, PEC signed by its provider, and MSG as an OLE file of our own."""

import struct
from datetime import UTC, datetime
from email.message import EmailMessage

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs7

from tests.drafting.makers_signed import identity

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STORAGE, STREAM, ROOT = 1, 2, 5
SENT = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


def make_message(
    subject="Richiesta di indizione della gara — refezione", text="Si chiede.", **files
):
    """An EmailMessage; each file as `name__suffix=bytes`."""
    made = EmailMessage()
    made["From"] = "Ufficio gare <gare@comune.prova.example>"
    made["To"] = "protocollo@provincia.prova.example"
    made["Date"] = "Wed, 25 Nov 2026 09:00:00 +0100"
    made["Message-ID"] = "<1@prova.example>"
    made["Subject"] = subject
    made.set_content(text)
    for name, data in files.items():
        made.add_attachment(
            data, maintype="application", subtype="octet-stream", filename=name.replace("__", ".")
        )
    return made


def make_pec(inner, *, boundary="----BUSTA0001"):
    """A message of certified mail: the provider's envelope around `inner`, signed (S/MIME)."""
    envelope = EmailMessage()
    envelope.set_content("Messaggio di posta certificata\n")
    envelope.add_attachment(inner)
    signed = envelope.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    key, certificate = identity("Gestore PEC di prova")
    signature = (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(signed)
        .add_signer(certificate, key, hashes.SHA256())
        .sign(
            serialization.Encoding.PEM,
            [pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.DetachedSignature],
        )
    )
    letters = b"".join(signature.splitlines(keepends=True)[1:-1])
    mark = b"--" + boundary.encode()
    head = (
        "From: posta-certificata@gestore.prova.example\r\nTo: gare@comune.prova.example\r\n"
        "Subject: POSTA CERTIFICATA: Richiesta\r\nDate: Wed, 25 Nov 2026 09:01:00 +0100\r\n"
        "Message-ID: <pec@prova.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/signed; protocol="application/x-pkcs7-signature";\r\n'
        f' micalg=sha-256; boundary="{boundary}"\r\n\r\n'
    ).encode()
    second = (
        b'Content-Type: application/x-pkcs7-signature; name="smime.p7s"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return b"".join(
        [
            head,
            mark,
            b"\r\n",
            signed,
            b"\r\n",
            mark,
            b"\r\n",
            second,
            letters,
            b"\r\n",
            mark,
            b"--\r\n",
        ]
    )


def wide(text):
    return text.encode("utf-16-le")


def properties(*, header, values):
    """The stream of properties of fixed length: (code, kind, number)."""
    rows = [struct.pack("<HHIQ", kind, code, 6, number) for code, kind, number in values]
    return b"\0" * header + b"".join(rows)


def outlook_tree(*, header=32, subject="Oggetto di prova", body="Testo del messaggio.", **attached):
    """The storages of a message of Outlook; an attachment is bytes, or the tree of a message."""
    ticks = int((SENT - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
    tree = {
        "__properties_version1.0": properties(header=header, values=[(0x39, 0x40, ticks)]),
        "__substg1.0_0037001F": wide(subject),
        "__substg1.0_0C1A001F": wide("Ufficio gare"),
        "__substg1.0_5D01001F": wide("gare@comune.prova.example"),
        "__substg1.0_1000001F": wide(body),
        "__recip_version1.0_#00000000": {
            "__properties_version1.0": properties(header=8, values=[(0x0C15, 0x03, 1)]),
            "__substg1.0_3001001F": wide("Protocollo"),
            "__substg1.0_39FE001F": wide("protocollo@provincia.prova.example"),
        },
    }
    for number, (name, data) in enumerate(attached.items()):
        inner = {"__substg1.0_3707001F": wide(name.replace("__", "."))}
        whole = isinstance(data, bytes)
        inner[f"__substg1.0_3701{'0102' if whole else '000D'}"] = data
        tree[f"__attach_version1.0_#{number:08X}"] = inner
    return tree


class _Chains:
    """Sectors of one size and their chains: the whole file, or the small streams inside it."""

    def __init__(self, size):
        self.size, self.next, self.sectors = size, [], []

    def store(self, data):
        first, count = len(self.sectors), -(-len(data) // self.size)
        cut = (data[at * self.size : (at + 1) * self.size] for at in range(count))
        self.sectors += [piece.ljust(self.size, b"\0") for piece in cut]
        self.next += [*range(first + 1, first + count), END][:count]
        return first if count else END


def make_msg(tree):
    """An OLE compound file of these storages (dicts) and streams (bytes); [MS-CFB], version 3."""
    entries, big, small = [], _Chains(SECTOR), _Chains(64)

    def enter(name, kind, data=b""):
        start = (small if len(data) < 4096 else big).store(data) if kind == STREAM else 0
        entries.append([name, kind, FREE, FREE, start, len(data)])  # name, kind, right, child, …
        return len(entries) - 1

    def fill(parent, children):
        # a chain of right siblings is a tree too; [MS-CFB] orders names by length, then letters
        before = None
        for name in sorted(children, key=lambda one: (len(one), one.upper())):
            held = children[name]
            folder = isinstance(held, dict)
            at = enter(name, STORAGE if folder else STREAM, b"" if folder else held)
            entries[parent if before is None else before][3 if before is None else 2] = at
            before = at
            if folder:
                fill(at, held)

    fill(enter("Root Entry", ROOT), tree)
    minis = b"".join(small.sectors)
    entries[0][4:] = [big.store(minis), len(minis)]
    mini_fat = big.store(_numbers(small.next, 128))
    directory = big.store(b"".join(_entry(*one) for one in entries))
    count = 1
    while count * 128 < len(big.next) + count:
        count += 1
    fat = _numbers([*big.next, *[FAT] * count], 128)
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        bytes.fromhex("d0cf11e0a1b11ae1"), b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, count,
        directory, 0, 4096, mini_fat, -(-len(small.next) // 128), END, 0,
    )  # fmt: skip
    places = [len(big.next) + at for at in range(count)]
    header += struct.pack("<109I", *places, *[FREE] * (109 - count))
    return header + b"".join(big.sectors) + fat


def _numbers(values, multiple):
    padded = [*values, *[FREE] * (-len(values) % multiple)]
    return struct.pack(f"<{len(padded)}I", *padded)


def _entry(name, kind, right, child, start, size):
    letters = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        letters, len(letters), kind, 1, FREE, right, child, b"", 0, 0, 0, start, size,
    )  # fmt: skip
