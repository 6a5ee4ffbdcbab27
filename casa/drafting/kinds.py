"""The kinds of file, what people call them, and which names promise them."""

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of file that can be told apart; only those in `READABLE` are read."""

    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"
    TXT = "txt"
    HTML = "html"
    XLSX = "xlsx"
    ODS = "ods"
    DOC = "doc"
    XLS = "xls"
    RTF = "rtf"
    DOCM = "docm"
    XLSM = "xlsm"
    PRESENTATION = "presentation"
    MESSAGE = "message"
    SIGNED = "p7m"
    ZIP = "zip"
    ARCHIVE = "archive"
    XML = "xml"
    IMAGE = "image"
    ENCRYPTED = "encrypted"
    PROGRAM = "program"
    BROKEN = "broken"
    EMPTY = "empty"
    UNKNOWN = "unknown"


READABLE = frozenset(
    {
        *(Kind.DOCX, Kind.ODT, Kind.PDF, Kind.TXT, Kind.HTML, Kind.XLSX, Kind.ODS),
        *(Kind.DOC, Kind.RTF, Kind.XLS, Kind.IMAGE, Kind.SIGNED, Kind.XML, Kind.MESSAGE),
        Kind.ZIP,
    }
)
LABELS = {
    Kind.DOCX: "un documento Word (DOCX)",
    Kind.ODT: "un documento OpenDocument (ODT)",
    Kind.PDF: "un PDF",
    Kind.TXT: "un testo semplice",
    Kind.HTML: "una pagina web (HTML)",
    Kind.XLSX: "un foglio Excel (XLSX)",
    Kind.ODS: "un foglio OpenDocument (ODS)",
    Kind.DOC: "un documento Word di vecchio tipo (DOC)",
    Kind.XLS: "un foglio Excel di vecchio tipo (XLS)",
    Kind.RTF: "un documento RTF",
    Kind.DOCM: "un documento Word con macro (DOCM)",
    Kind.XLSM: "un foglio Excel con macro (XLSM)",
    Kind.PRESENTATION: "una presentazione",
    Kind.MESSAGE: "un messaggio di posta",
    Kind.SIGNED: "un file firmato (P7M)",
    Kind.ZIP: "un archivio ZIP",
    Kind.ARCHIVE: "un archivio compresso",
    Kind.XML: "un file XML",
    Kind.IMAGE: "un'immagine",
    Kind.ENCRYPTED: "un documento protetto da password",
    Kind.PROGRAM: "un programma",
    Kind.BROKEN: "un archivio danneggiato",
    Kind.EMPTY: "un file vuoto",
    Kind.UNKNOWN: "un file di tipo sconosciuto",
}
EXTENSIONS = {
    "docx": Kind.DOCX, "dotx": Kind.DOCX, "odt": Kind.ODT, "ott": Kind.ODT, "pdf": Kind.PDF,
    "txt": Kind.TXT, "text": Kind.TXT, "md": Kind.TXT, "csv": Kind.TXT, "html": Kind.HTML,
    "htm": Kind.HTML, "xhtml": Kind.HTML, "xlsx": Kind.XLSX, "xltx": Kind.XLSX, "ods": Kind.ODS,
    "ots": Kind.ODS, "doc": Kind.DOC, "dot": Kind.DOC, "xls": Kind.XLS, "rtf": Kind.RTF,
    "docm": Kind.DOCM, "dotm": Kind.DOCM, "xlsm": Kind.XLSM, "xltm": Kind.XLSM,
    "ppt": Kind.PRESENTATION, "pptx": Kind.PRESENTATION, "odp": Kind.PRESENTATION,
    "eml": Kind.MESSAGE, "msg": Kind.MESSAGE, "p7m": Kind.SIGNED, "p7s": Kind.SIGNED,
    "tsd": Kind.SIGNED, "m7m": Kind.SIGNED, "zip": Kind.ZIP, "rar": Kind.ARCHIVE,
    "7z": Kind.ARCHIVE, "gz": Kind.ARCHIVE, "tar": Kind.ARCHIVE, "xml": Kind.XML, "jpg": Kind.IMAGE,
    "jpeg": Kind.IMAGE, "png": Kind.IMAGE, "gif": Kind.IMAGE, "tif": Kind.IMAGE,
    "tiff": Kind.IMAGE, "bmp": Kind.IMAGE, "webp": Kind.IMAGE, "exe": Kind.PROGRAM,
}  # fmt: skip
