"""Signed envelopes for tests: keys and certificates made on the spot, with invented names."""

import base64
import zlib
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


@cache
def identity(name="Prova Firmataria", *, curve=False):
    """A key and its certificate."""
    key = (
        ec.generate_private_key(ec.SECP256R1())
        if curve
        else rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Certificatore di prova")])
    made = x509.CertificateBuilder(
        issuer,
        subject,
        key.public_key(),
        zlib.crc32(name.encode()),
        BEGUN,
        BEGUN + timedelta(days=900),
    )
    return key, made.sign(key if not curve else identity()[0], hashes.SHA256())


def signed(content, *signers, options=(pkcs7.PKCS7Options.Binary,), pem=False):
    """A .p7m of the content, by one or more identities."""
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content)
    for key, certificate in signers or (identity(),):
        builder = builder.add_signer(certificate, key, hashes.SHA256())
    encoding = serialization.Encoding.PEM if pem else serialization.Encoding.DER
    return builder.sign(encoding, list(options))


def base64_lines(data):
    return base64.encodebytes(data)
