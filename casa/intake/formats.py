"""The formats that are accepted today: their names in words, their fixed content types."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `content_type` is what a download is sent as, whatever the browser claimed."""

    label: str | Promise
    content_type: str
    extensions: tuple[str, ...]


_OOXML = "application/vnd.openxmlformats-officedocument"
FORMATS: dict[str, Format] = {
    "docx": Format(_("Word (DOCX)"), f"{_OOXML}.wordprocessingml.document", ("docx", "dotx")),
    "odt": Format(
        _("OpenDocument (ODT)"), "application/vnd.oasis.opendocument.text", ("odt", "ott")
    ),
    "pdf": Format(_("PDF"), "application/pdf", ("pdf",)),
    "txt": Format(
        _("testo semplice (TXT)"), "text/plain; charset=utf-8", ("txt", "text", "md", "csv")
    ),
    "html": Format(_("pagina web (HTML)"), "text/html; charset=utf-8", ("html", "htm", "xhtml")),
    "xlsx": Format(_("Excel (XLSX)"), f"{_OOXML}.spreadsheetml.sheet", ("xlsx", "xltx")),
    "ods": Format(
        _("foglio OpenDocument (ODS)"),
        "application/vnd.oasis.opendocument.spreadsheet",
        ("ods", "ots"),
    ),
    "doc": Format(_("Word di vecchio tipo (DOC)"), "application/msword", ("doc", "dot")),
    "rtf": Format(_("RTF"), "application/rtf", ("rtf",)),
    "xls": Format(_("Excel di vecchio tipo (XLS)"), "application/vnd.ms-excel", ("xls", "xlt")),
    "p7m": Format(_("file firmato (P7M)"), "application/pkcs7-mime", ("p7m", "p7s", "tsd", "m7m")),
    "xml": Format(_("XML (fatture, avvisi eForms, DGUE)"), "application/xml", ("xml",)),
    "message": Format(
        _("messaggio di posta (EML, MSG)"), "application/octet-stream", ("eml", "msg")
    ),
    "zip": Format(_("archivio ZIP"), "application/zip", ("zip",)),
    # pictures of several kinds, sent as none of them: they are saved, never shown
    "image": Format(
        _("immagine di una pagina (PNG, JPEG, TIFF)"),
        "application/octet-stream",
        ("png", "jpg", "jpeg", "tif", "tiff", "gif", "bmp", "webp"),
    ),
}


def in_words() -> str:
    """The accepted formats as an Italian enumeration."""
    labels = [str(form.label) for form in FORMATS.values()]
    return _("{all_but_last} e {last}").format(all_but_last=", ".join(labels[:-1]), last=labels[-1])


def choosable() -> str:
    """The extensions for the `accept` attribute of the file field."""
    return ",".join(f".{suffix}" for form in FORMATS.values() for suffix in form.extensions)
