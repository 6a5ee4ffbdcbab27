"""What can be seen of a manuscript without building it: its parts, its reasons, its words."""

import re
from collections.abc import Iterator
from itertools import pairwise

from casa.drafting.manuscript.inline import TAG, plain
from casa.drafting.manuscript.manuscript import HEADINGS, Fault, Line, LineKind, Manuscript

LEAST_CLAUSES = 8
_LEAST_HEADINGS = 3
_CLAUSES = frozenset({"heading", "article", "point"})
_IF = re.compile(r"\{%\s*(?:p\s+)?(?:se|if)\b")
_REASON = re.compile(r"\{#\s*(?:motivo|perch[éeè])\s*:")
_ENGLISH = re.compile(
    r"\b(?:the|and|with|from|for|this|of|template|deadline|checklist|feedback|meeting|report|team|"
    r"workflow|tender|buyer|supplier|governance|project|management|manager|service|services|tool|"
    r"tools|input|output|best practices?|benchmark(?:ing)?|stand[ -]still|know-how|onboarding|"
    r"stakeholders?|partnership|compliance|dashboard|milestones?|upload|download|step|open|call|"
    r"performance|procurement|e-procurement|budget|form|link|mail|check|set|standard setting|"
    r"matching|networking|advocacy|training|tutor(?:ing|ship)?|toolkit|framework|brand|target|"
    r"mission|vision|leadership|turnover|smart|green|social|info ?day|desk|help ?desk|"
    r"front|back)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S*(?:www\.|https?://|@)\S*")
_ALOUD = (  # what reads well with the answers of the sample, and badly with others
    (
        re.compile(r"\b(?:[Ii]l|del|dal|al|nel) \{\{[^}]*\|\s*data_lunga"),
        "davanti a una data per esteso serve «giorno»: «il 8» e «il 11» si leggono male",
    ),
    (
        re.compile(r"\b(?:il|del|al) \{\{\s*(?:\w+\.)?ribasso\b"),
        "«del 8 %» si legge male: scrivi il ribasso tra parentesi o dopo i due punti",
    ),
    (
        re.compile(r"(?:^|[\s*])[Aa]:?[\s*]+\{\{\s*(?:operatore|destinatario|ente|sua)\s*\}"),
        "«a» davanti a un nome qualunque si legge male: metti prima che cosa è",
    ),
    (
        re.compile(r"\{\{[^}]*\|\s*conta\s*\}\} [a-z]"),
        "un conto davanti a un plurale si legge male quando è uno: mettilo dopo i due punti",
    ),
)


def wording(manuscript: Manuscript) -> Iterator[Fault]:
    """What is missing or badly said."""
    yield from _parts(manuscript)
    yield from _reasons(manuscript)
    yield from _levels(manuscript)
    yield from _english(manuscript)
    yield from _aloud(manuscript)


def clauses(manuscript: Manuscript) -> int:
    """Parts, articles, and numbered points outside of articles."""
    return sum(isinstance(one, Line) and one.kind in _CLAUSES for one in manuscript.blocks)


def _parts(manuscript: Manuscript) -> Iterator[Fault]:
    kinds = {block.kind for block in manuscript.blocks if isinstance(block, Line)}
    if manuscript.head["kind"] != "model":
        headings = sum(isinstance(one, Line) and one.kind == "heading" for one in manuscript.blocks)
        if headings + clauses(manuscript) < _LEAST_HEADINGS:
            yield Fault(0, f"ha meno di {_LEAST_HEADINGS} parti con titolo «## »")
        return
    if not manuscript.head.get("adopts"):
        yield Fault(1, "nella testata manca «adopts»: quale atto è")
    if manuscript.head.get("short"):
        yield from _parts_of_short(manuscript, kinds)
    elif clauses(manuscript) < LEAST_CLAUSES:
        words = f"ha {clauses(manuscript)} clausole e ne servono {LEAST_CLAUSES} (o short = true)"
        yield Fault(0, words)


def _parts_of_short(manuscript: Manuscript, kinds: set[LineKind]) -> Iterator[Fault]:
    """A short act has its heading, its object, something said in parts, and who signs."""
    text = " ".join(block.text for block in manuscript.blocks if isinstance(block, Line)).lower()
    present = {
        "l'intestazione («> »)": "letterhead" in kinds,
        "l'oggetto": "oggetto" in text,
        "almeno una parte («## »)": bool(kinds & {"heading", "article"}),
        "un paragrafo numerato («1. »)": bool(kinds & {"comma", "point"}),
        "la firma («@firma »)": "signature" in kinds,
    }
    for name, there in present.items():
        if not there:
            yield Fault(0, f"è un atto breve (short = true) e manca {name}")


def _reasons(manuscript: Manuscript) -> Iterator[Fault]:
    """Each `{% se %}` of whole paragraphs is followed by its reason."""
    for block, following in pairwise([*manuscript.blocks, None]):
        if not isinstance(block, Line) or block.kind != "command" or not _IF.match(block.text):
            continue
        after = following.text if isinstance(following, Line) else ""
        if not _REASON.search(block.text) and not _REASON.match(after):
            yield Fault(block.line, "dopo «{% se … %}» manca la nota {# motivo: … #}")


def _levels(manuscript: Manuscript) -> Iterator[Fault]:
    """The title comes before every other heading."""
    headings = [one for one in manuscript.blocks if isinstance(one, Line) and one.kind in HEADINGS]
    if headings and headings[0].kind != "title":
        yield Fault(headings[0].line, "il titolo «# » viene prima di ogni altra intestazione")


def _english(manuscript: Manuscript) -> Iterator[Fault]:
    for text, line in _texts(manuscript):
        yield from (Fault(line, words) for words in english_in(text))


def _aloud(manuscript: Manuscript) -> Iterator[Fault]:
    """What a person would stumble on when other answers come."""
    for line in (one for one in manuscript.blocks if isinstance(one, Line)):
        for pattern, words in _ALOUD:
            if pattern.search(line.text):
                yield Fault(line.line, words)
        if '"' in TAG.sub("", line.text):
            yield Fault(line.line, "le virgolette sono «»")


def english_in(text: str) -> Iterator[str]:
    """A sentence for each English word; addresses and fields do not count."""
    for found in _ENGLISH.finditer(_ADDRESS.sub(" ", plain(TAG.sub(" ", text)))):
        yield f"«{found[0]}» è inglese: scrivilo in italiano"


def _texts(manuscript: Manuscript) -> Iterator[tuple[str, int]]:
    head = manuscript.head
    for text in (manuscript.title, head["object"], *manuscript.to_check, *head.get("tags", [])):
        yield text, 1
    for row in head.get("fields", {}).values():
        yield f"{row['label']} {row.get('help', '')}", 1
    for block in manuscript.blocks:
        if isinstance(block, Line):
            yield block.text, block.line
        else:
            yield from (
                (" ".join(row), at) for row, at in zip(block.rows, block.lines, strict=True)
            )
