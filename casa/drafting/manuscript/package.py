"""The DOCX around a body: styles, numbering, header, footer, properties. The same text gives the
same bytes: no clock, no random identifier."""

import io
import zipfile
from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template

from casa.drafting.filling.words import long_day
from casa.drafting.manuscript.body import body_of, notes_of
from casa.drafting.manuscript.manuscript import Manuscript

AUTHOR = "Redazione Casa dei Comuni"
_PARTS = Path(__file__).with_name("parts")
_FIXED = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "rels.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/styles.xml": "styles.xml",
    "word/numbering.xml": "numbering.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "font_table.xml",
    "docProps/app.xml": "app.xml",
}
_WRITTEN = {
    "word/document.xml": "document.xml",
    "word/header1.xml": "header.xml",
    "word/footer1.xml": "footer.xml",
    "docProps/core.xml": "core.xml",
}
_DAY = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


def docx(manuscript: Manuscript) -> bytes:
    """The bytes of the DOCX, the same each time."""
    words = _words(manuscript)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, part in {**_FIXED, **_WRITTEN}.items():
            text = (_PARTS / part).read_text("utf-8")
            written = Template(text).substitute(words) if name in _WRITTEN else text
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, _UNIX
            archive.writestr(entry, written.encode())
    return out.getvalue()


def footer_of(manuscript: Manuscript) -> str:
    """What every page of a document made from the model says of its source."""
    return (
        f"Modello «{manuscript.title}», edizione {manuscript.version}, Casa dei Comuni, CC BY 4.0"
        f" – citazioni verificate il {long_day(manuscript.checked_on)}"
    )


def checks_of(manuscript: Manuscript) -> tuple[str, ...]:
    """What a model says at its end to whoever fills it: nothing of it is left when it is filled."""
    if manuscript.head["kind"] != "model":
        return ()
    day = long_day(manuscript.checked_on)
    return (
        f"Citazioni verificate il {day}. Da far controllare a un giurista prima dell'uso:",
        *manuscript.to_check,
    )


def _words(manuscript: Manuscript) -> Mapping[str, str]:
    head = manuscript.head
    words = {
        "title": manuscript.title,
        "object": str(head["object"]),
        "keywords": ", ".join(head.get("tags", [])),
        "author": AUTHOR,
        "version": str(manuscript.version),
        "created": f"{manuscript.checked_on.isoformat()}T00:00:00Z",
        "footer": footer_of(manuscript),
    }
    body = body_of(manuscript) + notes_of(checks_of(manuscript))
    return {name: escape(text) for name, text in words.items()} | {"body": body}
