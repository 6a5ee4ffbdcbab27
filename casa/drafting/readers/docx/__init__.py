"""DOCX: the text as an accepting reader sees it, with the automatic numbers that Word shows.

Read with lxml and not through python-docx, which skips content controls and text boxes, raises
on irregular tables and on templates (DOTX), and gives no automatic number.
"""

from pathlib import Path

from casa.drafting.archive import opened
from casa.drafting.limits import Limits
from casa.drafting.passages import Content
from casa.drafting.readers.docx.body import passages_of
from casa.drafting.readers.docx.numbering import Numbering
from casa.drafting.readers.docx.package import Package
from casa.drafting.readers.docx.styles import Styles
from casa.drafting.readers.docx.survey import furniture_of, lines_of, metadata_of, revisions_in
from casa.drafting.readers.docx.words import Words
from casa.drafting.readers.outside import ooxml_links
from casa.drafting.readers.signing import signature_pictures


def read(path: Path, *, limits: Limits) -> Content:
    """The passages, notes, headers and footers, metadata and revisions of a DOCX."""
    with opened(path) as archive:
        package = Package(archive, limits=limits)
        styles = Styles(package.related("styles"))
        numbering = Numbering(package.related("numbering"), styles=styles)
        words = Words(styles=styles)
        body = package.body()
        passages = passages_of(body, package=package, numbering=numbering, words=words)
        return Content(
            passages=passages,
            metadata=metadata_of(package),
            furniture=furniture_of(package, words=words),
            tracked_changes=revisions_in(package),
            comments=package.count("comments", "comment"),
            has_macros=package.has_macros,
            hidden_text=words.hidden,
            has_images=package.has_images,
            external_links=ooxml_links(archive, limits=limits),
            signature_pictures=signature_pictures(list(lines_of(body))),
        )
