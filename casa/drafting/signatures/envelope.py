"""Opening envelopes, one inside another: signed data (.p7m, .p7s) and time-stamped data (.tsd)."""

from dataclasses import dataclass
from typing import Any

from asn1crypto import cms, core, tsp

from casa.drafting.signatures.checking import BROKEN, checked, digest_of
from casa.drafting.signatures.encodings import is_signed, to_der
from casa.drafting.signer import BadEnvelope, Signer

DEEPEST = 6
MOST_SIGNERS = 50
_DAMAGED = "La busta firmata è danneggiata o incompleta: chiedi una copia a chi te l'ha mandata."
_DETACHED = (
    "Questa è una firma separata: contiene solo la firma e non il documento. Carica il documento "
    "firmato."
)
_NOT_SIGNED = {
    "enveloped_data": "La busta è cifrata: la può aprire solo chi ha la chiave.",
    "encrypted_data": "La busta è cifrata: la può aprire solo chi ha la chiave.",
}


# RFC 5544; asn1crypto's own classes declare the token in a way that real files do not have
class _TimeStamp(core.Sequence):  # type: ignore[misc]
    _fields = [("timestamp", cms.ContentInfo), ("crl", core.Any, {"optional": True})]


class _TimeStamps(core.SequenceOf):  # type: ignore[misc]
    _child_spec = _TimeStamp


class _Evidence(core.Choice):  # type: ignore[misc]
    _alternatives = [
        ("tst_evidence", _TimeStamps, {"implicit": 0}),
        ("ers_evidence", core.Any, {"implicit": 1}),
        ("other", core.Any, {"implicit": 2}),
    ]


class _TimeStampedData(core.Sequence):  # type: ignore[misc]
    _fields = [
        ("version", core.Integer),
        ("data_uri", core.IA5String, {"optional": True}),
        ("meta_data", tsp.MetaData, {"optional": True}),
        ("content", core.OctetString, {"optional": True}),
        ("evidence", _Evidence),
    ]


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is inside, who signed or stamped it (outermost first), and how many envelopes it had."""

    content: bytes
    signers: tuple[Signer, ...]
    layers: int


def unwrap(data: bytes) -> Envelope:
    """Open every envelope around a document. Raises BadEnvelope with an Italian sentence."""
    signers: list[Signer] = []
    for layer in range(DEEPEST):
        content, found = _opened(data, layer=layer)
        signers += found
        if not is_signed(content):
            return Envelope(content, tuple(signers), layer + 1)
        data = content
    raise BadEnvelope("Il documento è chiuso in troppe buste firmate, una dentro l'altra.")


def _opened(data: bytes, *, layer: int) -> tuple[bytes, list[Signer]]:
    try:
        info = cms.ContentInfo.load(to_der(data))
        kind = info["content_type"].native
        if kind == "timestamped_data":
            return _time_stamped(info["content"], layer=layer)
        if kind == "signed_data":
            return _signed(info["content"], layer=layer)
    except BadEnvelope:
        raise
    except BROKEN as error:
        raise BadEnvelope(_DAMAGED) from error
    raise BadEnvelope(_NOT_SIGNED.get(kind, _DAMAGED))


def _signed(signed: Any, *, layer: int) -> tuple[bytes, list[Signer]]:
    content = content_of(signed)
    if content is None:
        raise BadEnvelope(_DETACHED)
    infos = signed["signer_infos"]
    if len(infos) > MOST_SIGNERS:
        raise BadEnvelope("La busta dichiara troppe firme.")
    return content, [checked(signed, info, content, layer=layer) for info in infos]


def content_of(signed: Any) -> bytes | None:
    """The bytes that a `SignedData` carries; None when it carries none."""
    held = signed["encap_content_info"]["content"]
    if isinstance(held, core.Void) or held.native is None:
        return None
    return held.native if isinstance(held.native, bytes) else bytes(held)


def _time_stamped(held: Any, *, layer: int) -> tuple[bytes, list[Signer]]:
    stamped = _TimeStampedData.load(held.untag().dump() if held.explicit else held.dump())
    content, evidence = stamped["content"].native, stamped["evidence"]
    if evidence.name != "tst_evidence" or not isinstance(content, bytes):
        raise BadEnvelope("La marca temporale è di un tipo che non si sa leggere.")
    return content, [stamp(one["timestamp"], content, layer=layer) for one in evidence.chosen]


def stamp(token: Any, content: bytes, *, layer: int) -> Signer:
    """The time-stamp authority of an RFC 3161 token as a signer: its time, and what it stamped."""
    signed = token["content"]
    inner = signed["encap_content_info"]["content"]
    told = inner.parsed
    found = checked(signed, signed["signer_infos"][0], bytes(inner), layer=layer)
    imprint = told["message_imprint"]
    algorithm = imprint["hash_algorithm"]["algorithm"].native
    same = digest_of(algorithm, content) == imprint["hashed_message"].native
    return Signer(
        name=found.name,
        issuer=found.issuer,
        signed_at=told["gen_time"].native.isoformat(),
        algorithm=found.algorithm,
        integrity=found.integrity if same else "altered",
        layer=layer,
        note="Marca temporale." if same else "La marca temporale è di un altro contenuto.",
    )
