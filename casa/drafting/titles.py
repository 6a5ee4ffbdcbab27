"""Bold lines without a number: which are titles, which letterhead, labels, signatures.

All of it is guessing by the look of a page: declared headings and numbered ones are never asked.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from casa.drafting.draft import Block
from casa.drafting.passages import Passage

TITLE_LENGTH = 150
_SHORT_TITLE = 50
_LETTERS = 0.7
_FORMULA = re.compile(r"[=<>∑√×€]")
_SENTENCE = re.compile(r"(?:E['’]|È|(?:il|i)/(?:la|le)|N\.\s?B\.)\s", re.IGNORECASE)
_BLANK = re.compile(r"x{3,}|_{2,}|…|\.{3,}", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?<!\bn\.)(?<!\blotto)(?<!\bparte)(?<!\bfase)(?:\s\d{1,3}|-\d{3,})$", re.IGNORECASE
)
_BODY = re.compile(
    r"(?:spett\S*\s+|al+[ao']?\s+)?(?:comune|citt[àa]['’]?|provincia|regione|repubblica|ministero|unione|"
    r"centrale|stazione|azienda|a\.?s\.?l|a\.?o|a\.?t\.?s|istituto|consorzio|universit[àa]['’]?|ordine|"
    r"prefettura|camera|comunit[àa]['’]?|agenzia|autorit[àa]['’]?|s\.?u\.?a|c\.?u\.?c|s\.?c|u\.?o\.?c?|"
    r"(?:area|settore|servizio|ufficio|direzione|dipartimento|divisione|unit[àa]['’]?)"
    r"(?!\s+(?:d[ie]|del\w*|dell['’])\b))(?=[\s.:,]|$)",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"@|www\.|https?:|\b(?:tel|fax|pec|c\.?f|cod\. ?fisc|p\. ?iva|partita iva)\b\.?|"
    r"^(?:via|viale|vicolo|piazza|piazzale|corso|c\.so|largo|strada|sede)\s|\b\d{5}\s+\S+.*\(\w\w\)",
    re.IGNORECASE,
)
_SIGNER = re.compile(
    r"(?:(?:il|la|lo|i|le|per)\s+|l['’]\s*)?(?:legale rappresentante|responsabile|dirigente|"
    r"direttore|direttrice|segretari[oa]|sindac[oa]|vicesindac[oa]|president[ei]|r\.?u\.?p|concorrente|dichiarante|"
    r"funzionari[oa]|titolare|procuratore|commissari[oa]|offerente|rappresentante)\b"
    r"|(?:firma|firmato|luogo e data|data e firma|timbro|letto,)\b",
    re.IGNORECASE,
)
_ZONE = 15
_LONG = 150
_CLOSING = 6
_CLOSING_LENGTH = 120
_RUN = 3
_LABEL = 80

Pair = tuple[Passage, Block]


def is_plain_title(text: str) -> bool:
    """Bold words without a number: a title begins with a capital, is short and mostly letters."""
    letters = sum(letter.isalpha() or letter.isspace() for letter in text)
    short = len(text) <= TITLE_LENGTH and letters >= _LETTERS * len(text)
    introduces = text.endswith(":") and (len(text) > _SHORT_TITLE or not text.isupper())
    if introduces or text.endswith(".") or text[:1].islower() or _FORMULA.search(text):
        return False
    return short and not _says_no_title(text)


def _says_no_title(text: str) -> bool:
    """A sentence, a remark in brackets, a blank to fill in, a cell with its number."""
    bracketed = text.startswith(("(", "[")) and text.endswith((")", "]"))
    return bracketed or any(say.search(text) for say in (_BLANK, _COUNTED)) or _is_sentence(text)


def _is_sentence(text: str) -> bool:
    return _SENTENCE.match(text) is not None


def without_look_alikes(pairs: Sequence[Pair]) -> list[Pair]:
    """What only looks like headings made a paragraph: letterhead, labels of a form, signatures."""
    zone = _zone(pairs)
    gone = {*_letterhead(pairs[:zone]), *_closing(pairs, zone), *_labels(pairs, zone)}
    return [
        (passage, replace(block, kind="paragraph", level=0) if at in gone else block)
        for at, (passage, block) in enumerate(pairs)
    ]


def _is_guess(pair: Pair) -> bool:
    """A heading because of its look alone."""
    passage, block = pair
    return block.kind == "heading" and not block.number and not passage.outline


def _zone(pairs: Sequence[Pair]) -> int:
    """How many blocks stand before the text itself begins, on the first page."""
    for at, (passage, block) in enumerate(pairs[:_ZONE]):
        begun = block.kind == "heading" and (block.number or passage.outline)
        if begun or len(block.text) > _LONG or (block.page or 1) > 1:
            return at
    return min(len(pairs), _ZONE)


def _letterhead(pairs: Sequence[Pair]) -> Iterator[int]:
    for at, pair in enumerate(pairs):
        text = pair[1].text
        if _is_guess(pair) and (_BODY.match(text) or _CONTACT.search(text)):
            yield at


def _closing(pairs: Sequence[Pair], zone: int) -> Iterator[int]:
    """Who signs, and for which body, with little below it; and what has nothing below."""
    for at in range(zone, len(pairs)):
        if not _is_guess(pairs[at]):
            continue
        text, after = pairs[at][1].text, [block for _, block in pairs[at + 1 : at + 2 + _CLOSING]]
        ends = len(after) <= _CLOSING and all(_is_short(block) for block in after)
        signs = _SIGNER.match(text) and all(_is_short(block) for block in after[:1])
        if signs or not after or (ends and (_BODY.match(text) or _CONTACT.search(text))):
            yield at


def _is_short(block: Block) -> bool:
    return len(block.text) <= _CLOSING_LENGTH and not block.rows and not block.number


def _labels(pairs: Sequence[Pair], zone: int) -> Iterator[int]:
    """Bold lines one after the other with nothing between them; a line between two numbers."""
    run: list[int] = []
    for at in range(len(pairs) + 1):
        if at < len(pairs) and _may_be_label(pairs[at]):
            run.append(at)
            continue
        if len(run) >= _RUN or (run and _is_between(pairs, run[0], at)):
            kept = set(_titles(pairs, run, zone)) if run[1:] else set()
            yield from (one for one in run if one not in kept and _is_guess(pairs[one]))
        run = []


def _titles(pairs: Sequence[Pair], run: Sequence[int], zone: int) -> Iterator[int]:
    """Of such lines: capitals before the text begins, or first; and the last, if text follows."""
    yield from (at for at in run if (at < zone or at == run[0]) and pairs[at][1].text.isupper())
    if run[-1] + 1 < len(pairs):
        text = pairs[run[-1] + 1][1].text
        if len(text) > _CLOSING_LENGTH and not text[:1].islower():
            yield run[-1]


def _may_be_label(pair: Pair) -> bool:
    passage, block = pair
    if _is_guess(pair):
        return not passage.size_level
    plain = block.kind == "paragraph" and not block.number and not passage.outline
    return plain and passage.standout and len(block.text) <= _LABEL


def _is_between(pairs: Sequence[Pair], first: int, after: int) -> bool:
    """Is it all that stands between a numbered heading and the next one?"""
    around: Iterable[Block] = [pairs[at][1] for at in (first - 1, after) if 0 <= at < len(pairs)]
    levels = [block.level for block in around if block.kind == "heading" and block.number]
    return len(levels) == 2 and levels[1] <= levels[0] and after - first == 1  # noqa: PLR2004
