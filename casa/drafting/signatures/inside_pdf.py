"""Signatures inside a PDF (PAdES), found by pdfium and checked like the others."""

import ctypes
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from asn1crypto import cms

from casa.drafting.signatures.checking import BROKEN, checked
from casa.drafting.signatures.signer import Signer

MOST = 50
_UNREADABLE = "La firma dentro il PDF è scritta in un modo che non si sa leggere."


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
        signature = pdfium.FPDF_GetSignatureObject(document, at)
        ranges = _ranges(signature, len(data))
        signed = cms.ContentInfo.load(_contents(signature), strict=False)["content"]
        content = b"".join(data[start : start + length] for start, length in ranges)
        found = checked(signed, signed["signer_infos"][0], content, layer=0)
    except BROKEN:
        return Signer(note=_UNREADABLE)
    return _with_rest(found, ranges, len(data))


def _with_rest(found: Signer, ranges: list[tuple[int, int]], size: int) -> Signer:
    """What was written behind the signed bytes is not signed: an update, or another signature."""
    rest = size - sum(ranges[-1])
    if ranges[0][0] != 0:
        return replace(found, integrity="unverified", note="La firma non copre tutto il file.")
    if rest and found.integrity == "intact":
        return replace(found, note=f"{rest} byte aggiunti dopo la firma. {found.note}".strip())
    return found


def _contents(signature: object) -> bytes:
    size = pdfium.FPDFSignatureObj_GetContents(signature, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFSignatureObj_GetContents(signature, buffer, size)
    return buffer.raw[:size]


def _ranges(signature: object, size: int) -> list[tuple[int, int]]:
    """(start, length) of the signed bytes. Raises ValueError when they are not in the file."""
    count = pdfium.FPDFSignatureObj_GetByteRange(signature, None, 0)
    numbers = (ctypes.c_int * count)()
    pdfium.FPDFSignatureObj_GetByteRange(signature, numbers, count)
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    if not pairs or any(
        start < 0 or length < 0 or start + length > size for start, length in pairs
    ):
        raise ValueError("byte range")
    return pairs
