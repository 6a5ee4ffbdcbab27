"""Signed envelopes for tests: keys and certificates made on the spot, with invented names."""

import base64
import hashlib
import random
import re
import zlib
from datetime import UTC, datetime, timedelta
from functools import cache

import pikepdf
from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from casa.drafting import signatures

BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
SIGNED_AT = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


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
    named = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    made = x509.CertificateBuilder(
        issuer,
        subject,
        key.public_key(),
        zlib.crc32(name.encode()),
        BEGUN,
        BEGUN + timedelta(days=900),
    ).add_extension(named, critical=False)
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


DIGESTS = {"sha1": hashes.SHA1(), "sha256": hashes.SHA256(), "sha512": hashes.SHA512()}


def cms_signed(
    content,
    who=None,
    *,
    digest="sha256",
    kind="data",
    pss=False,
    bound=True,
    key_id=False,
    detached=False,
    unsigned=(),
):
    """A `SignedData` written by hand (RFC 5652, CAdES when `bound`), as DER."""
    key, certificate = who or identity()
    held = asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
    attributes = _signed_attributes(content, held, digest=digest, kind=kind, bound=bound)
    signer = cms.SignerInfo(
        {
            "version": "v3" if key_id else "v1",
            "sid": _sid(held, key_id=key_id),
            "digest_algorithm": {"algorithm": digest},
            "signed_attrs": attributes,
            "signature_algorithm": _signature_algorithm(key, digest=digest, pss=pss),
            "signature": _signature(key, attributes.untag().dump(), digest=digest, pss=pss),
        }
    )
    if unsigned:
        signer["unsigned_attrs"] = cms.CMSAttributes(unsigned)
    data = {
        "version": "v1" if kind == "data" else "v3",
        "digest_algorithms": [{"algorithm": digest}],
        "encap_content_info": {"content_type": kind},
        "certificates": [held],
        "signer_infos": [signer],
    }
    held_as = core.OctetString if kind == "data" else core.ParsableOctetString
    if not detached:
        data["encap_content_info"]["content"] = held_as(content)
    made = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(data)})
    return made.dump()


def _sid(held, *, key_id):
    if key_id:
        return cms.SignerIdentifier({"subject_key_identifier": held.key_identifier})
    named = {"issuer": held.issuer, "serial_number": held.serial_number}
    return cms.SignerIdentifier({"issuer_and_serial_number": named})


def _signed_attributes(content, held, *, digest, kind, bound):
    values = [
        {"type": "content_type", "values": [kind]},
        {"type": "signing_time", "values": [cms.Time({"utc_time": core.UTCTime(SIGNED_AT)})]},
        {"type": "message_digest", "values": [hashlib.new(digest, content).digest()]},
    ]
    if bound:
        mark = {
            "hash_algorithm": {"algorithm": "sha256"},
            "cert_hash": hashlib.sha256(held.dump()).digest(),
        }
        values.append({"type": "signing_certificate_v2", "values": [{"certs": [mark]}]})
    return cms.CMSAttributes(values)


def _signature_algorithm(key, *, digest, pss):
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return {"algorithm": f"{digest}_ecdsa"}
    if not pss:
        return {"algorithm": f"{digest}_rsa"}
    named = {"algorithm": digest}
    mask = {"algorithm": "mgf1", "parameters": named}
    return {
        "algorithm": "rsassa_pss",
        "parameters": {"hash_algorithm": named, "mask_gen_algorithm": mask, "salt_length": 20},
    }


def _signature(key, data, *, digest, pss):
    chosen = DIGESTS[digest]
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(data, ec.ECDSA(chosen))
    filled = padding.PSS(padding.MGF1(chosen), 20) if pss else padding.PKCS1v15()
    return key.sign(data, filled, chosen)


def counter_signed(content):
    """A signature that somebody else signed in turn: an attribute outside of what is signed."""
    inner = cms.ContentInfo.load(cms_signed(b"firma", identity("Controfirma")))
    info = inner["content"]["signer_infos"][0]
    return cms_signed(content, unsigned=[{"type": "counter_signature", "values": [info]}])


def indefinite(der, *, piece=16):
    """The same envelope in BER: lengths that are not told, the content cut into pieces."""
    signed_data = cms.ContentInfo.load(der)["content"]
    encapsulated = signed_data["encap_content_info"]
    content = encapsulated["content"].native
    cut = [content[at : at + piece] for at in range(0, len(content), piece)]
    octets = b"\x24\x80" + b"".join(core.OctetString(one).dump() for one in cut) + b"\0\0"
    inner = encapsulated["content_type"].dump() + b"\xa0\x80" + octets + b"\0\0"
    fields = [
        signed_data["version"].dump(),
        signed_data["digest_algorithms"].dump(),
        b"\x30\x80" + inner + b"\0\0",
        signed_data["certificates"].dump(),
        signed_data["signer_infos"].dump(),
    ]
    body = b"\x30\x80" + b"".join(fields) + b"\0\0"
    return b"\x30\x80" + cms.ContentType("signed_data").dump() + b"\xa0\x80" + body + b"\0\0\0\0"


def stamp_token(content):
    """A time-stamp of the content by an authority of our own (RFC 3161)."""
    told = tsp.TSTInfo(
        {
            "version": "v1",
            "policy": "1.3.6.1.4.1.99999.1",
            "message_imprint": {
                "hash_algorithm": {"algorithm": "sha256"},
                "hashed_message": hashlib.sha256(content).digest(),
            },
            "serial_number": 7,
            "gen_time": SIGNED_AT,
        }
    )
    return cms_signed(told.dump(), identity("Marca temporale di prova"), kind="tst_info")


def time_stamped(content, *, stamped=None):
    """A .tsd (RFC 5544) around the content, with a time-stamp of it or of something else."""
    token = stamp_token(content if stamped is None else stamped)
    held = core.OctetString(content).dump()
    evidence = _tagged(0xA0, _tagged(0x30, token))
    data = _tagged(0x30, core.Integer(1).dump() + held + evidence)
    return _tagged(0x30, bytes.fromhex("060b2a864886f70d010910011f") + _tagged(0xA0, data))


def _tagged(tag, content):
    size = len(content)
    told = size.to_bytes((size.bit_length() + 7) // 8 or 1, "big")
    return (
        bytes([tag]) + (bytes([size]) if size < 128 else bytes([0x80 | len(told)]) + told) + content
    )


def mime(der, *, stamp=b""):
    """An S/MIME part as files keep it, or a .m7m: the envelope and its time-stamp."""
    part = (
        b'Content-Type: application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64_lines(der)
    )
    if not stamp:
        return b"MIME-Version: 1.0\r\n" + part
    answer = (
        b'Content-Type: application/timestamp-reply; name="m.tsr"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64_lines(stamp)
    )
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="m7m"\r\n\r\n'
    return head + b"--m7m\r\n" + part + b"\r\n--m7m\r\n" + answer + b"\r\n--m7m--\r\n"


def signed_pdf(path, *, sign=None, room=8_000, sub_filter="/ETSI.CAdES.detached"):
    """A PDF with one page and one signature inside (PAdES): `sign` makes it of the bytes."""
    sign = sign or (lambda data: cms_signed(data, detached=True))
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(200, 200))
        value = made.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Sig,
                Filter=pikepdf.Name("/Adobe.PPKLite"),
                SubFilter=pikepdf.Name(sub_filter),
                Contents=pikepdf.String(b"\0" * room),
                ByteRange=pikepdf.Array([0, 1111111111, 1111111111, 1111111111]),
            )
        )
        widget = made.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Sig,
                T=pikepdf.String("Firma1"),
                V=value,
                Rect=pikepdf.Array([0, 0, 0, 0]),
            )
        )
        made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([widget]), SigFlags=3)
        made.pages[0].Annots = pikepdf.Array([widget])
        made.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = path.read_bytes()
    gap = re.search(rb"<(?:00)+>", data)
    pattern = rb"\[ 0 1111111111 1111111111 1111111111 \]"
    written = f"[ 0 {gap.start()} {gap.end()} {len(data) - gap.end()}".encode()
    whole = re.search(pattern, data)[0]
    data = data.replace(whole, written.ljust(len(whole) - 2) + b" ]")
    signature = sign(data[: gap.start()] + data[gap.end() :]).hex().encode()
    filled = b"<" + signature.ljust(2 * room, b"0") + b">"
    path.write_bytes(data[: gap.start()] + filled + data[gap.end() :])
    return path


def damaged(whole, *, seed, count):
    """So many copies of the envelopes, one to three bits of each turned over."""
    chance = random.Random(seed)
    for number in range(count):
        data = bytearray(whole[number % len(whole)])
        for _ in range(chance.randint(1, 3)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        yield bytes(data)


def told_of_damage(whole, content, *, seed, count):
    """What is said of damaged envelopes; «intact» of other bytes than those signed is an error."""
    seen = set()
    for data in damaged(whole, seed=seed, count=count):
        try:
            envelope = signatures.unwrap(data)
        except signatures.BadEnvelope:
            seen.add("refused")
            continue
        for signer in envelope.signers:
            seen.add(signer.integrity)
            assert signer.integrity != "intact" or envelope.content == content
    return seen
