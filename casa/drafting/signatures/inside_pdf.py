"""Signatures inside a PDF (PAdES), found by pdfium and checked like the others."""

import ctypes
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from asn1crypto import cms

from casa.drafting.pdfium import pdfium, pypdfium2
from casa.drafting.signatures.checking import BROKEN, checked
from casa.drafting.signatures.envelope import content_of, stamp
from casa.drafting.signer import Signer

MOST = 50
_STAMP = "ETSI.RFC3161"
_UNREADABLE = "La firma dentro il PDF è scritta in un modo che non si sa leggere."
_NOT_WHOLE = "La firma non copre tutto il file."


@dataclass(frozen=True, slots=True)
class _Found:
    """One signature as the file holds it: (start, length) of the signed bytes, and the CMS."""

    ranges: tuple[tuple[int, int], ...]
    contents: bytes
    sub_filter: str


def pdf_signers(path: Path) -> tuple[Signer, ...]:
    """Every signature of a PDF, in its order; empty when there is none or it is no PDF."""
    data = path.read_bytes()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return ()
    try:
        count = min(pdfium.FPDF_GetSignatureCount(document), MOST)
        return tuple(_signer(document, at, data) for at in range(count))
    finally:
        document.close()


def _signer(document: pypdfium2.PdfDocument, at: int, data: bytes) -> Signer:
    try:
        found = _found(pdfium.FPDF_GetSignatureObject(document, at), len(data))
        content = b"".join(data[start : start + length] for start, length in found.ranges)
        token = cms.ContentInfo.load(found.contents, strict=False)
        signer = _checked(token, content, found.sub_filter)
    except BROKEN:
        return Signer(note=_UNREADABLE)
    return _with_rest(signer, found, data)


def _checked(token: cms.ContentInfo, content: bytes, sub_filter: str) -> Signer:
    if sub_filter == _STAMP:
        return stamp(token, content, layer=0)
    signed = token["content"]
    inner = content_of(signed)
    if inner is None:
        return checked(signed, signed["signer_infos"][0], content, layer=0)
    # the oldest way (adbe.pkcs7.sha1) signs the digest of the bytes, kept inside
    signer = checked(signed, signed["signer_infos"][0], inner, layer=0)
    same = inner == hashlib.sha1(content, usedforsecurity=False).digest()
    changed = "Il contenuto è stato modificato dopo la firma."
    return signer if same else replace(signer, integrity="altered", note=changed)


def _with_rest(signer: Signer, found: _Found, data: bytes) -> Signer:
    """What was written behind the signed bytes is not signed: an update, or another signature."""
    if signer.integrity != "intact":
        return signer
    if not _is_whole(found, data):
        return replace(signer, integrity="unverified", note=_NOT_WHOLE)
    rest = len(data) - sum(found.ranges[-1])
    if rest:
        return replace(signer, note=f"{rest} byte aggiunti dopo la firma. {signer.note}".strip())
    return signer


def _is_whole(found: _Found, data: bytes) -> bool:
    """From the first byte on, nothing but the signature itself is left out."""
    if len(found.ranges) != 2 or found.ranges[0][0] != 0:  # noqa: PLR2004 -- before and behind
        return False
    (_, before), (behind, _) = found.ranges
    gap = data[before:behind]
    if gap[:1] + gap[-1:] != b"<>":
        return False
    try:
        return bytes.fromhex(gap[1:-1].decode("ascii")) == found.contents
    except ValueError:
        return False


def _found(signature: object, size: int) -> _Found:
    """The signature. Raises ValueError when the signed bytes are not in the file."""
    contents = _bytes(lambda *room: pdfium.FPDFSignatureObj_GetContents(signature, *room))
    sub_filter = _bytes(lambda *room: pdfium.FPDFSignatureObj_GetSubFilter(signature, *room))
    count = pdfium.FPDFSignatureObj_GetByteRange(signature, None, 0)
    numbers = (ctypes.c_int * count)()
    pdfium.FPDFSignatureObj_GetByteRange(signature, numbers, count)
    pairs = tuple(zip(numbers[::2], numbers[1::2], strict=True))
    if not pairs or any(
        start < 0 or length < 0 or start + length > size for start, length in pairs
    ):
        raise ValueError("byte range")
    return _Found(pairs, contents, sub_filter.rstrip(b"\0").decode("ascii", "replace"))


def _bytes(ask: Callable[..., int]) -> bytes:
    """What pdfium gives when first asked for the length and then for the bytes."""
    size = ask(None, 0)
    buffer = ctypes.create_string_buffer(size)
    ask(buffer, size)
    return buffer.raw[:size]
