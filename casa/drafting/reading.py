"""Reading: from a file of any kind to a Draft, inside bounds, failing in one way only."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, cast

from casa.drafting.archive import guard
from casa.drafting.clauses import clauses_of
from casa.drafting.draft import Block, Draft, lay_out
from casa.drafting.errors import Unreadable
from casa.drafting.kinds import LABELS, READABLE, Kind
from casa.drafting.language import language_of
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.passages import Content
from casa.drafting.signer import BadEnvelope
from casa.drafting.sniffing import sniff
from casa.drafting.structure import blocks_of

# Readers are loaded by name: one file needs one of them, and the program must start fast
_READERS = {
    Kind.DOCX: "casa.drafting.readers.docx",
    Kind.ODT: "casa.drafting.readers.odf",
    Kind.ODS: "casa.drafting.readers.odf",
    Kind.PDF: "casa.drafting.readers.pdf",
    Kind.TXT: "casa.drafting.readers.txt",
    Kind.HTML: "casa.drafting.readers.html",
    Kind.XLSX: "casa.drafting.readers.xlsx",
    Kind.DOC: "casa.drafting.readers.office",
    Kind.RTF: "casa.drafting.readers.office",
    Kind.XLS: "casa.drafting.readers.office",
    Kind.IMAGE: "casa.drafting.readers.image",
    Kind.XML: "casa.drafting.readers.xml",
    Kind.MESSAGE: "casa.drafting.readers.mail",
    Kind.ZIP: "casa.drafting.readers.bundle",
}
_SIGNATURES = "casa.drafting.signatures"  # idem, and it brings heavy libraries
_ARCHIVES = (Kind.DOCX, Kind.ODT, Kind.ODS, Kind.XLSX, Kind.ZIP)
_REFUSED = {
    Kind.EMPTY: "empty",
    Kind.BROKEN: "corrupt",
    Kind.ENCRYPTED: "encrypted",
    Kind.DOCM: "macros",
    Kind.XLSM: "macros",
}
_NO_DOCUMENT = {
    Kind.PROGRAM: "Questo è un programma, non un documento: carica un file DOCX, ODT o PDF.",
    Kind.UNKNOWN: "Non si riconosce che tipo di file sia: carica un file DOCX, ODT o PDF.",
}
_UNSTRUCTURED_LENGTH = 4_000
_UNSTRUCTURED = 0.5
_DOUBT = 0.25  # of a page read as a picture


class Reader(Protocol):
    """What a module of `readers` offers."""

    def read(self, path: Path, *, limits: Limits) -> Content:
        """All that the file holds."""


def read(path: Path, *, limits: Limits = DEFAULT) -> Draft:
    """Read the file at `path`, whatever its name. Raises Unreadable, and nothing else."""
    try:
        return _read(path, limits=limits)
    except Unreadable:
        raise
    except FileNotFoundError as error:
        raise Unreadable("missing") from error
    except MemoryError as error:
        raise Unreadable("too_large") from error
    except RecursionError as error:
        raise Unreadable("too_complex") from error
    except Exception as error:
        raise Unreadable("corrupt") from error


def _read(path: Path, *, limits: Limits) -> Draft:
    if path.stat().st_size > limits.file_bytes:
        raise Unreadable("too_large")
    kind = sniff(path)
    if kind == Kind.SIGNED:
        return _unwrapped(path, limits=limits)
    if kind not in READABLE:
        raise _refusal(kind)
    if kind in _ARCHIVES:
        guard(path, limits=limits)
    reader = cast("Reader", import_module(_READERS[kind]))
    return _draft(kind, reader.read(path, limits=limits), limits=limits)


def _unwrapped(path: Path, *, limits: Limits) -> Draft:
    """What is inside the signed envelopes, read for what it is, with those who signed."""
    try:
        envelope = import_module(_SIGNATURES).unwrap(path.read_bytes())
    except BadEnvelope as error:
        raise Unreadable("envelope", str(error)) from error
    with TemporaryDirectory() as folder:
        inside = Path(folder, "content")
        inside.write_bytes(envelope.content)
        draft = _read(inside, limits=limits)
    signers = (*envelope.signers, *draft.signers)
    return replace(draft, signers=signers, envelopes=envelope.layers)


def _refusal(kind: Kind) -> Unreadable:
    if kind in _REFUSED:
        return Unreadable(_REFUSED[kind])
    if kind in _NO_DOCUMENT:
        return Unreadable("not_supported", _NO_DOCUMENT[kind])
    return Unreadable(
        "not_supported",
        f"Questo è {LABELS[kind]}, che per ora non si legge: salva il documento come DOCX, ODT o "
        "PDF e caricalo di nuovo.",
    )


def _draft(kind: Kind, content: Content, *, limits: Limits) -> Draft:
    blocks = blocks_of(content.passages)
    text, _ = lay_out(blocks)
    if len(blocks) > limits.blocks or len(text) > limits.characters:
        raise Unreadable("too_large")
    seen = content.has_images or content.unread or kind == Kind.PDF
    if not text and not seen:
        raise Unreadable("empty")
    clauses = clauses_of(blocks, most=limits.clauses)
    return Draft(
        format=kind.value,
        text=text,
        blocks=blocks,
        clauses=clauses,
        metadata=content.metadata,
        pages=content.pages,
        language=language_of(text),
        furniture=tuple(content.furniture),
        scanned_pages=content.scanned_pages,
        ocr_pages=content.ocr_pages,
        unread=tuple(content.unread),
        tracked_changes=content.tracked_changes,
        comments=content.comments,
        has_macros=content.has_macros,
        hidden_text=content.hidden_text,
        has_images=content.has_images,
        confidence=_confidence(content, blocks=blocks, structured=bool(clauses)),
        signers=tuple(content.signers),
        external_links=content.external_links,
        hidden_sheets=content.hidden_sheets,
        hidden_rows=content.hidden_rows,
        hidden_columns=content.hidden_columns,
        signature_pictures=content.signature_pictures,
    )


def _confidence(content: Content, *, blocks: tuple[Block, ...], structured: bool) -> float:
    """The reader's own certainty, halved for a long text in which no clause was found."""
    if not blocks:
        return 0.0
    long = sum(len(block.text) for block in blocks) > _UNSTRUCTURED_LENGTH
    factor = _UNSTRUCTURED if long and not structured else 1.0
    if content.pages and content.scanned_pages:
        factor *= 1 - len(content.scanned_pages) / content.pages
    if content.pages and content.ocr_pages:
        factor *= 1 - _DOUBT * len(content.ocr_pages) / content.pages
    return round(content.confidence * factor, 2)
