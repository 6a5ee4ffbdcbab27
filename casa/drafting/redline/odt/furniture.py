"""Headers and footers of two OpenDocument files, compared too."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from casa.drafting.readers.odf.names import STYLE
from casa.drafting.redline.odt.carrying import Carrier
from casa.drafting.redline.odt.marks import empty
from casa.drafting.redline.odt.package import OpenOdt
from casa.drafting.redline.odt.writing import Redline
from casa.drafting.xml import Element, local

_LAYOUT = f"{STYLE}page-layout-name"
_ORDER = (
    "header", "header-left", "header-first", "footer", "footer-left", "footer-first",
)  # fmt: skip


def track_furniture(redline: Redline, old: OpenOdt, new: OpenOdt) -> None:
    """Mark what differs in them, those of the same page and kind side by side.

    One that only the old file has is made on the same page, or the first, with all its words gone.
    """
    carrier = Carrier(old, new, in_styles=True)
    news = dict(_furniture(new))
    for place, was in _furniture(old):
        now = news.pop(place, None)
        if now is None and any(str(words).strip() for words in was.itertext()):
            now = _made(new, *place)
        if now is not None:
            redline.for_part(replace(redline.pen, holder=now), carrier).track(was, now)
    for now in news.values():
        nothing = etree.Element(now.tag)
        nothing.append(empty())
        redline.for_part(replace(redline.pen, holder=now), carrier).track(nothing, now)


def _furniture(document: OpenOdt) -> Iterator[tuple[tuple[str, str], Element]]:
    for page in document.styles.iter(f"{STYLE}master-page"):
        for part in page:
            if local(part) in _ORDER:
                yield (page.get(f"{STYLE}name", ""), local(part)), part


def _made(document: OpenOdt, page: str, kind: str) -> Element:
    """An empty header: on that page, on the first that has none, else on a page of its own."""
    pages = list(document.styles.iter(f"{STYLE}master-page"))
    named = [one for one in pages if one.get(f"{STYLE}name") == page]
    free = [one for one in [*named, *pages] if kind not in {local(part) for part in one}]
    holder = free[0] if free else _page(document, pages)
    made = etree.Element(f"{STYLE}{kind}")
    made.append(empty())
    before = [part for part in holder if local(part) in _ORDER[: _ORDER.index(kind)]]
    holder.insert(holder.index(before[-1]) + 1 if before else 0, made)
    return made


def _page(document: OpenOdt, pages: Sequence[Element]) -> Element:
    """A page style that no paragraph asks for, laid out as the first."""
    made = etree.Element(f"{STYLE}master-page")
    made.set(f"{STYLE}name", f"Pagina-prima-{len(pages)}")
    if pages and (layout := pages[0].get(_LAYOUT)):
        made.set(_LAYOUT, layout)
    document.group(document.styles, "master-styles").append(made)
    return made
