"""Checking one signature: the digest of the content, then the signature itself."""

import hashlib
import re
from typing import Any

from asn1crypto import cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from casa.drafting.signatures import naming
from casa.drafting.signatures.faults import BROKEN
from casa.drafting.signer import Integrity, Signer

HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1,
    "sha224": hashes.SHA224,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
WEAK = "Usa l'algoritmo SHA-1, oggi considerato debole."
KINDS = {"rsassa_pkcs1v15": "RSA", "rsassa_pss": "RSA-PSS", "ecdsa": "ECDSA", "ed25519": "Ed25519"}
BINDING = {"signing_certificate", "signing_certificate_v2"}
UNBOUND = "La firma copre il contenuto ma non il certificato: il nome è quello scritto nella busta."
_CONFUSED = "La busta è scritta in modo ambiguo: non si può dire che cosa è stato firmato."
_SET_OF = b"\x31"


class _Unverified(Exception):  # noqa: N818
    """The signature can't be checked; the message says why."""


class _Altered(Exception):  # noqa: N818
    """The bytes are not those signed; the message says what is not."""


def checked(signed: Any, info: Any, content: bytes | None, *, layer: int) -> Signer:
    """What one `SignerInfo` of a `SignedData` says of the content; None when it is elsewhere."""
    certificate = _certificate(signed, info)
    try:
        attributes = _attributes(info)
        kind = signed["encap_content_info"]["content_type"].native
        integrity, note = _verdict(info, certificate, attributes, content, kind)
    except BROKEN as error:
        attributes, integrity, note = {}, "unverified", f"Verifica impossibile: {_short(error)}"
    return Signer(
        name=naming.person(certificate),
        fiscal_code=naming.fiscal_code(certificate),
        issuer=naming.issuer(certificate),
        signed_at=_signed_at(attributes),
        algorithm=_algorithm(info),
        integrity=integrity,
        layer=layer,
        note=note,
    )


def digest_of(algorithm: str, content: bytes) -> bytes:
    """The digest by the name CMS gives it. Raises KeyError for one that is not known."""
    return hashlib.new(str(HASHES[algorithm]().name), content).digest()


def _verdict(
    info: Any, certificate: Any, attributes: dict[str, Any], content: bytes | None, kind: str
) -> tuple[Integrity, str]:
    if content is None:
        return "unverified", "Firma separata: carica insieme il file firmato."
    try:
        _check(info, certificate, attributes, content, kind)
    except _Unverified as reason:
        return "unverified", str(reason)
    except _Altered as reason:
        return "altered", str(reason)
    weak = info["digest_algorithm"]["algorithm"].native == "sha1"
    notes = (WEAK if weak else "", "" if BINDING & attributes.keys() else UNBOUND)
    return "intact", " ".join(note for note in notes if note)


def _check(
    info: Any, certificate: Any, attributes: dict[str, Any], content: bytes, kind: str
) -> None:
    if certificate is None:
        raise _Unverified("Nella busta manca il certificato di chi ha firmato.")
    digest = info["digest_algorithm"]["algorithm"].native
    if digest not in HASHES:
        raise _Unverified("L'impronta usa un algoritmo che non si sa verificare.")
    signed = content
    if not attributes and looks_like_attributes(content):
        raise _Unverified(_CONFUSED)
    if attributes:
        if digest_of(digest, content) != attributes["message_digest"][0].native:
            raise _Altered("Il contenuto è stato modificato dopo la firma.")
        if attributes["content_type"][0].native != kind:
            raise _Altered("Il tipo di contenuto non è quello firmato.")
        _check_certificate(certificate, attributes)
        signed = _SET_OF + info["signed_attrs"].dump()[1:]
    _check_signature(info, certificate, signed, HASHES[_signed_digest(info) or digest]())


def looks_like_attributes(content: bytes) -> bool:
    """Whether a content is a set of signed attributes.

    Who takes the attributes out of an honest envelope and puts them in place of its content has
    a signature that fits a text nobody signed: such a content is never called intact.
    """
    if content[:1] != _SET_OF:
        return False
    try:
        return {"content_type", "message_digest"} <= {
            one["type"].native for one in cms.CMSAttributes.load(content)
        }
    except BROKEN:
        return False


def _signed_digest(info: Any) -> str:
    """The digest under the signature, where its algorithm names one other than the content's."""
    try:
        named = str(info["signature_algorithm"].hash_algo)
    except BROKEN:
        return ""
    return named if named in HASHES else ""


def _check_certificate(certificate: Any, attributes: dict[str, Any]) -> None:
    """CAdES signs the certificate too, in one of two ways."""
    for attribute in BINDING & attributes.keys():
        named = attributes[attribute][0]["certs"][0]
        older = attribute == "signing_certificate"
        algorithm = "sha1" if older else named["hash_algorithm"]["algorithm"].native
        _check_named(certificate, named, algorithm)


def _check_named(certificate: Any, named: Any, algorithm: str) -> None:
    if digest_of(algorithm, certificate.dump()) != named["cert_hash"].native:
        raise _Altered("Il certificato nella busta non è quello con cui si è firmato.")


def _check_signature(
    info: Any, certificate: Any, signed: bytes, digest: hashes.HashAlgorithm
) -> None:
    key = x509.load_der_x509_certificate(certificate.dump()).public_key()
    signature = info["signature"].native
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, *_padding(info, digest))
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, signed, ec.ECDSA(digest))
        elif isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, signed)
        else:
            raise _Unverified("La firma usa una chiave che non si sa verificare.")
    except InvalidSignature as error:
        raise _Altered(
            "La firma non corrisponde: il file o la busta sono stati modificati."
        ) from error


def _padding(
    info: Any, digest: hashes.HashAlgorithm
) -> tuple[padding.AsymmetricPadding, hashes.HashAlgorithm]:
    algorithm = info["signature_algorithm"]
    if algorithm["algorithm"].native != "rsassa_pss":
        return padding.PKCS1v15(), digest
    parameters = algorithm["parameters"]
    mask = parameters["mask_gen_algorithm"]["parameters"]["algorithm"].native
    pss = padding.PSS(padding.MGF1(HASHES[mask]()), parameters["salt_length"].native)
    return pss, HASHES[parameters["hash_algorithm"]["algorithm"].native]()


def _certificate(signed: Any, info: Any) -> Any:
    """The certificate of the signer among those of the envelope, or None."""
    try:
        held = [one.chosen for one in signed["certificates"] or () if one.name == "certificate"]
        return next((one for one in held if _is_signers(one, info["sid"])), None)
    except BROKEN:
        return None


def _is_signers(certificate: asn1_x509.Certificate, sid: Any) -> bool:
    if sid.name == "issuer_and_serial_number":
        same = certificate.serial_number == sid.chosen["serial_number"].native
        return bool(same and certificate.issuer == sid.chosen["issuer"])
    return bool(certificate.key_identifier == sid.chosen.native)


def _attributes(info: Any) -> dict[str, Any]:
    """The signed attributes; one by one, since some files carry one that cannot be decoded."""
    held = info["signed_attrs"]
    if isinstance(held, core.Void):
        return {}
    return {one["type"].native: one["values"] for one in held}


def _signed_at(attributes: dict[str, Any]) -> str:
    try:
        return str(attributes["signing_time"][0].native.isoformat())
    except BROKEN:
        return ""


def _algorithm(info: Any) -> str:
    try:
        kind = info["signature_algorithm"].signature_algo
    except BROKEN:
        kind = _native(info, "signature_algorithm")
    digest = _native(info, "digest_algorithm")
    words = KINDS.get(kind, kind), re.sub(r"^sha(?=\d)", "SHA-", digest)
    return " ".join(word for word in words if word)


def _native(info: Any, field: str) -> str:
    try:
        return str(info[field]["algorithm"].native)
    except BROKEN:
        return ""


def _short(error: Exception) -> str:
    return "la firma è scritta in un modo che non si riconosce." if str(error) else "errore."


__all__ = ["BROKEN", "checked", "cms", "digest_of"]
