"""One way in for every kind of file: who cleans it, or what to do instead."""

from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, cast

from casa.drafting.cleaning.decisions import Cleaned, Decision
from casa.drafting.cleaning.leaking import LEFT
from casa.drafting.cleaning.values import pattern
from casa.drafting.cleaning.work import Work
from casa.drafting.errors import Unreadable
from casa.drafting.kinds import LABELS, Kind
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.reading import read
from casa.drafting.sniffing import sniff

# loaded by name: one file needs one of them
_CLEANERS = {
    Kind.DOCX: "casa.drafting.cleaning.docx",
    Kind.ODT: "casa.drafting.cleaning.odf",
    Kind.ODS: "casa.drafting.cleaning.odf",
    Kind.XLSX: "casa.drafting.cleaning.xlsx",
    Kind.PDF: "casa.drafting.cleaning.pdf",
    Kind.TXT: "casa.drafting.cleaning.txt",
    Kind.HTML: "casa.drafting.cleaning.web",
    Kind.IMAGE: "casa.drafting.cleaning.image",
    Kind.DOC: "casa.drafting.cleaning.old",
    Kind.RTF: "casa.drafting.cleaning.old",
    Kind.XLS: "casa.drafting.cleaning.old",
    Kind.SIGNED: "casa.drafting.cleaning.signed",
}
_CODES = {Kind.EMPTY: "empty", Kind.BROKEN: "corrupt", Kind.ENCRYPTED: "encrypted"}
NOT_YET = (
    "Questo è {}, che non si ripulisce: togli i dati dall'originale, oppure salva il testo come "
    "DOCX, ODT o PDF e riprova."
)
MACROS = (
    "Il file contiene macro: salvalo senza (come DOCX, XLSX, ODT o ODS), ricontrolla il "
    "risultato e riprova."
)
MESSAGE = (
    "Un messaggio di posta non si ripulisce: porta con sé mittenti, destinatari e percorso. Copia "
    "in un documento nuovo il testo che serve, salva a parte gli allegati e ripulisci quelli."
)
ARCHIVE = "Un archivio non si ripulisce: estrai i file e ripuliscili uno per uno."
_INSTEAD = {
    Kind.MESSAGE: MESSAGE,
    Kind.ZIP: ARCHIVE,
    Kind.ARCHIVE: ARCHIVE,
}


class Cleaner(Protocol):
    """What a module named in `_CLEANERS` offers."""

    def clean(self, path: Path, *, work: Work, limits: Limits) -> Cleaned:
        """The copy, with what was done told to `work`."""


def clean(path: Path, *, decisions: Sequence[Decision] = (), limits: Limits = DEFAULT) -> Cleaned:
    """The cleaned copy of a file of any kind, told by its content.

    Raises Unreadable: when the file cannot be read or cleaned, and when a value that must go
    would be left in the copy.
    """
    return clean_with(path, work=Work(decisions), limits=limits)


def clean_with(path: Path, *, work: Work, limits: Limits = DEFAULT) -> Cleaned:
    """The same for a file inside another, which was told to `work` already. Raises Unreadable."""
    kind = sniff(path)
    if path.stat().st_size > limits.file_bytes:
        raise Unreadable("too_large")
    if kind in (Kind.DOCM, Kind.XLSM):
        raise Unreadable("macros", MACROS)
    if kind not in _CLEANERS:
        code = _CODES.get(kind, "not_supported")
        said = _INSTEAD.get(kind, NOT_YET.format(LABELS[kind]))
        raise Unreadable(code, "" if kind in _CODES else said)
    try:
        return _cleaned(path, kind, work=work, limits=limits)
    except Unreadable:
        raise
    except MemoryError as error:
        raise Unreadable("too_large") from error
    except RecursionError as error:
        raise Unreadable("too_complex") from error
    except Exception as error:
        raise Unreadable("corrupt") from error


def _cleaned(path: Path, kind: Kind, *, work: Work, limits: Limits) -> Cleaned:
    """What the pages of the platform call blocking is found in the text as it is read; so that is
    looked at too, before and after.
    """
    work.look(_as_read(path, limits=limits))
    cleaner = cast("Cleaner", import_module(_CLEANERS[kind]))
    cleaned = cleaner.clean(path, work=work, limits=limits)
    with TemporaryDirectory() as folder:
        copy = Path(folder, f"copy{cleaned.suffix}")
        copy.write_bytes(cleaned.data)
        texts = _as_read(copy, limits=limits)
    if any(pattern(value).search(text) for value in work.values for text in texts):
        raise Unreadable("corrupt", LEFT)
    return cleaned


def _as_read(path: Path, *, limits: Limits) -> list[str]:
    try:
        draft = read(path, limits=replace(limits, programs=0))
    except Unreadable as refusal:
        if refusal.code != "empty":
            raise
        return []
    return [draft.text, *draft.furniture]
