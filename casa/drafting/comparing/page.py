"""A comparison as a page of its own: HTML in Italian, without script, told by signs and words.

What was added is underlined, signed "+" and called "aggiunto"; what was removed is struck out,
signed "−" and called "tolto". Colour only helps.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Literal

from casa.drafting.comparing.comparison import STATES, ClauseChange, Comparison, State
from casa.drafting.comparing.units import START

Layout = Literal["columns", "inline"]
STATE_WORDS: dict[State, str] = {
    "same": "Uguale",
    "changed": "Cambiata",
    "moved": "Spostata",
    "added": "Aggiunta",
    "removed": "Tolta",
}
_COUNTED: dict[State, tuple[str, str]] = {
    "same": ("clausola uguale", "clausole uguali"),
    "changed": ("clausola cambiata", "clausole cambiate"),
    "moved": ("clausola spostata", "clausole spostate"),
    "added": ("clausola aggiunta", "clausole aggiunte"),
    "removed": ("clausola tolta", "clausole tolte"),
}
_MARKS = {"insert": ("ins", "+", "aggiunto"), "delete": ("del", "−", "tolto")}
_STYLE = """
body{font:1rem/1.6 "Titillium Web",system-ui,sans-serif;margin:0 auto;max-width:80rem;padding:1rem}
body{color:#17324d}
h1{font-size:1.6rem}h2{font-size:1.1rem;margin:1.5rem 0 .5rem}
.words,td{white-space:pre-line;overflow-wrap:anywhere}
ins,del{padding:0 .15em;border-radius:.15em}
ins{background:#d7f0df;color:#00402b;text-decoration:underline;text-decoration-thickness:2px}
del{background:#fbe0e3;color:#6b0f1a;text-decoration:line-through;text-decoration-thickness:2px}
.sign{font-weight:700;text-decoration:none;display:inline-block;padding-right:.15em}
.heard{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.state{font-weight:700;border:1px solid currentColor;border-radius:.25rem;padding:0 .4em}
table{width:100%;border-collapse:collapse;table-layout:fixed}
th,td{border:1px solid #5d7083;padding:.5rem;text-align:left;vertical-align:top}
details{margin:1rem 0}summary{cursor:pointer}
@media (max-width:40rem){
table,tbody,tr,td{display:block}thead{position:absolute;clip-path:inset(50%)}
td::before{content:attr(data-side);display:block;font-weight:700}}
@media print{body{max-width:none}}
"""


def page(comparison: Comparison, *, before: str, after: str, layout: Layout = "columns") -> str:
    """A whole HTML document; `before` and `after` are the names of the two versions."""
    title = f"Confronto tra «{escape(before)}» e «{escape(after)}»"
    return (
        f'<!DOCTYPE html>\n<html lang="it">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n{fragment(comparison, layout=layout)}\n</main>\n</body>\n</html>\n"
    )


def fragment(comparison: Comparison, *, layout: Layout = "columns") -> str:
    """The summary and the clauses alone, with headings from level 2; all words escaped."""
    sections = "\n".join(_sections(comparison.clauses, layout=layout))
    return f"{_summary(comparison)}\n{sections}"


def _summary(comparison: Comparison) -> str:
    counts = [(state, comparison.count(state)) for state in STATES]
    told = "".join(f"<li>{_counted(state, count)}</li>" for state, count in counts if count)
    signs = (
        "<p>Le parole aggiunte sono sottolineate e precedute da «+», quelle tolte sono barrate e "
        "precedute da «−». Il solo cambio di numero non conta come modifica.</p>"
    )
    if not any(change.state != "same" for change in comparison.clauses):
        return "<p>I due testi sono uguali.</p>"
    return f"<ul>{told}</ul>\n{signs}"


def _counted(state: State, count: int) -> str:
    return f"{count} {_COUNTED[state][count > 1]}"


def _sections(changes: Sequence[ClauseChange], *, layout: Layout) -> Iterator[str]:
    for same, group in groupby(changes, key=lambda change: change.state == "same"):
        found = list(group)
        if same:
            yield _folded(found)
        else:
            yield from (_section(change, layout=layout) for change in found)


def _folded(changes: Sequence[ClauseChange]) -> str:
    """Equal clauses, out of the way until somebody opens them."""
    rows = "".join(
        f'<p class="words"><b>{_title(change)}</b>{_renumbered(change)}<br>'
        f"{escape(change.after or '')}</p>"
        for change in changes
    )
    return f"<details><summary>{_counted('same', len(changes))}</summary>{rows}</details>"


def _section(change: ClauseChange, *, layout: Layout) -> str:
    edited = " e cambiata" if change.state == "moved" and change.is_edited else ""
    heading = (
        f'<h2 id="{escape(change.key)}">{_title(change)} '
        f'<span class="state">{STATE_WORDS[change.state]}{edited}</span></h2>'
    )
    body = _inline(change) if layout == "inline" else _columns(change)
    renumbered = _renumbered(change)
    where = f"<p>{renumbered.strip()}</p>" if renumbered else ""
    return f"<section>{heading}{where}{body}</section>"


def _title(change: ClauseChange) -> str:
    if change.key == START:
        return "Parte iniziale"
    label = change.label_after or change.label_before
    return escape(" – ".join(part for part in (label, change.heading) if part)) or "Clausola"


def _renumbered(change: ClauseChange) -> str:
    old, new = change.label_before, change.label_after
    return f" (prima: {escape(old)})" if old and new and old != new else ""


def _inline(change: ClauseChange) -> str:
    words = "".join(_marked(change, ("equal", "delete", "insert")))
    return f'<p class="words">{words}</p>'


def _columns(change: ClauseChange) -> str:
    left = "".join(_marked(change, ("equal", "delete"))) or "—"
    right = "".join(_marked(change, ("equal", "insert"))) or "—"
    return (
        '<table><thead><tr><th scope="col">Prima</th><th scope="col">Dopo</th></tr></thead>'
        f'<tbody><tr><td data-side="Prima">{left}</td><td data-side="Dopo">{right}</td></tr>'
        "</tbody></table>"
    )


def _marked(change: ClauseChange, ops: Iterable[str]) -> Iterator[str]:
    shown = set(ops)
    for piece in change.words:
        if piece.op == "equal":
            yield escape(piece.text)
        elif piece.op in shown:
            tag, sign, word = _MARKS[piece.op]
            yield (
                f'<{tag}><span class="sign" aria-hidden="true">{sign}</span>'
                f'<span class="heard">{word}: </span>{escape(piece.text)}</{tag}>'
            )
