"""The key pair of this installation, and how keys are written for people.

The private key is one file of the data folder, readable by its owner alone, made when it is first
needed. It is neither in the database nor below `files`, so a copy of those does not carry it along.
"""

import base64
import binascii
import hashlib
import os
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused

FILE = "exchange_key"
PREFIX = "casa"
Put = Callable[[Path, Path], None]
GROUPS = 8  # of four hexadecimal digits: 128 bits, short enough to be read aloud


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Whose key it is, and the key; written `casa:UID:BASE64`."""

    uid: uuid.UUID
    key: str

    def __str__(self) -> str:
        return f"{PREFIX}:{self.uid}:{self.key}"

    @property
    def fingerprint(self) -> str:
        """What two persons compare by telephone: of name and key together."""
        digest = hashlib.sha256(self.uid.bytes + base64.b64decode(self.key)).hexdigest()
        return " ".join(digest[at : at + 4] for at in range(0, 4 * GROUPS, 4))

    def has_signed(self, message: bytes, signature: bytes) -> bool:
        """Whether the signature is this key's over exactly these bytes."""
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(self.key))
        try:
            key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


def read_public_key(text: str) -> PublicKey:
    """A key as a person pasted it."""
    parts = "".join(text.split()).split(":")
    try:
        prefix, uid, key = parts
        raw = base64.b64decode(key, validate=True)
        Ed25519PublicKey.from_public_bytes(raw)
        read = PublicKey(uuid.UUID(uid), base64.b64encode(raw).decode())
    except (ValueError, binascii.Error):
        read, prefix = None, ""
    if read is None or prefix != PREFIX:
        raise Refused(
            _(
                "Questa non è la chiave di un'installazione: copiala intera dalla pagina "
                "«Scambio» dell'altra, da «casa:» fino all'ultimo carattere."
            )
        )
    return read


def same_fingerprint(one: str, other: str) -> bool:
    """Spaces, capitals and the dashes that mail programs make don't count."""
    return _bare(one) == _bare(other)


def key_file() -> Path:
    """Where the private key is."""
    return Path(settings.DATA_DIR) / FILE


def has_key() -> bool:
    """Whether this installation has a key yet."""
    return key_file().exists()


def private_key() -> Ed25519PrivateKey:
    """Our own key, made on first need; of two processes that make it, one wins."""
    if not has_key():
        _put(os.link)
    try:
        key = serialization.load_pem_private_key(key_file().read_bytes(), password=None)
    except (OSError, ValueError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise Refused(
            _("La chiave %(file)s non si può leggere: rimettila dalla copia di sicurezza.")
            % {"file": key_file()}
        )
    return key


def renew_key() -> None:
    """Put a new key in the place of the old one, which stays beside it."""
    private_key()
    old = key_file().with_name(f"{FILE}.{secrets.token_hex(4)}.old")
    os.link(key_file(), old)
    _put(os.replace)


def public_key(uid: uuid.UUID) -> PublicKey:
    """The public half of our key."""
    raw = private_key().public_key().public_bytes_raw()
    return PublicKey(uid, base64.b64encode(raw).decode())


def _put(into: Put) -> None:
    """Write a new key beside its place, then move it there whole."""
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    fresh = key_file().with_name(f"{FILE}.{secrets.token_hex(8)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        into(fresh, key_file())
    except FileExistsError:
        pass  # another process was first: its key holds
    finally:
        fresh.unlink(missing_ok=True)


def _bare(fingerprint: str) -> str:
    return "".join(sign for sign in fingerprint.casefold() if sign.isalnum())
