"""The tags of a model: `{{ campo }}`, `{% se … %}`, `{# motivo: … #}`, found in one paragraph.

The words are those of jinja2 and docxtpl, or Italian ones. Quotes that Word has made round and
blanks that do not break are read as what was meant; «=» alone is a comparison.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import nodes

from casa.drafting.filling.expressions import MOST_CHARACTERS, BadTag, check_name, parse, path_of

_ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_COMMENT_CHARACTERS = 2_000
_OPEN = re.compile(r"\{[{%#]")
_CLOSE = re.compile(r"[}%#]\}")
_MEANT = str.maketrans({
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " ", "\u202f": " ",
    "\n": " ", "\t": " ", "–": "-",
})  # fmt: skip
_PREFIX = re.compile(r"(p|tr|tc|r)\s+(?=\S)")
_QUOTED = re.compile(r"(\"[^\"]*\"|'[^']*')")
_WORDS = {"e": "and", "o": "or", "non": "not", "è": "is", "altrimenti": "else", "se": "if"}
_WORD = re.compile(r"\b(?:e|o|non|è|altrimenti|se)\b|(?<![=!<>])=(?!=)", re.IGNORECASE)
_STATEMENTS = (
    ("elif", re.compile(r"(?:elif|altrimenti\s+se)\b(.*)", re.IGNORECASE)),
    ("else", re.compile(r"(?:else|altrimenti)\s*()", re.IGNORECASE)),
    ("endif", re.compile(r"(?:endif|fine\s*se)\s*()", re.IGNORECASE)),
    ("endfor", re.compile(r"(?:endfor|fine\s*(?:per|ripetizione))\s*()", re.IGNORECASE)),
    ("if", re.compile(r"(?:if|se)\b(.*)", re.IGNORECASE)),
    ("for", re.compile(r"(?:for|per(?:\s+ogni)?)\b(.*)", re.IGNORECASE)),
)
_EACH = re.compile(r"\s*(\S+)\s+in\s+(\S.*)", re.IGNORECASE)
_REASON = re.compile(r"\s*(?:motivo|perché|perche)\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)
_COMMANDS = "se, altrimenti se, altrimenti, fine se, per ogni, fine per"
CLOSES = {"endif": "if", "endfor": "for"}


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: `text[start:end]` of its paragraph.

    `kind` is out, comment, if, elif, else, endif, for or endfor; `level` the prefix of docxtpl
    (p, tr or ""); `meant` the expression as it is shown to people; `target` the name that a
    repetition gives to each row; `reason` what a comment gives as the reason of a condition.
    """

    kind: str
    start: int
    end: int
    source: str
    level: str = ""
    meant: str = ""
    expression: nodes.Expr | None = None
    target: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one tag."""

    source: str
    reason: str


def tags_in(text: str) -> Iterator[Tag | Fault]:
    """Every tag of a paragraph in order, and what is wrong with it. Time is linear in the text."""
    at = 0
    while (opened := _OPEN.search(text, at)) is not None:
        yield from _stray(text, at, opened.start())
        end = _end_of(text, opened)
        if end is None:
            source = text[opened.start() : opened.start() + 60]
            yield Fault(source, f"«{opened[0]}» non è chiuso da «{_ENDS[opened[0]]}»")
            return
        yield _tag(text, opened.start(), end)
        at = end
    yield from _stray(text, at, len(text))


def _stray(text: str, start: int, end: int) -> Iterator[Fault]:
    """An end without a beginning. A lone «#}» or «%}» in a text that has no tags is just text."""
    closed = _CLOSE.search(text, start, end)
    if closed is not None and closed[0] == "%}":
        yield Fault(text[max(0, closed.start() - 40) : closed.end()], "«%}» senza «{%» prima")
    elif closed is not None and closed[0] == "}}":
        yield Fault(text[max(0, closed.start() - 40) : closed.end()], "«}}» senza «{{» prima")


def _end_of(text: str, opened: re.Match[str]) -> int | None:
    comment = opened[0] == "{#"
    most = _COMMENT_CHARACTERS if comment else MOST_CHARACTERS + len("{{  }}")
    closed = text.find(_ENDS[opened[0]], opened.end(), opened.end() + most)
    if closed < 0:
        return None
    again = _OPEN.search(text, opened.end(), closed)
    return closed + 2 if again is None or comment else None


def _tag(text: str, start: int, end: int) -> Tag | Fault:
    source = text[start:end]
    if source.startswith("{#"):
        said = _REASON.fullmatch(source[2:-2])
        return Tag("comment", start, end, source, reason=said[1].strip() if said else "")
    inside = source[2:-2].translate(_MEANT).strip("-+")
    prefix = _PREFIX.match(inside)
    level = prefix[1] if prefix and prefix[1] != "r" else ""
    inside = inside[prefix.end() :] if prefix else inside
    try:
        return _read(inside.strip(), Tag("", start, end, source, level))
    except BadTag as error:
        return Fault(source, str(error))


def _read(inside: str, tag: Tag) -> Tag:
    if tag.level == "tc":
        raise BadTag("le colonne non si ripetono: scrivi una riga per ogni voce («per ogni»)")
    return _output(inside, tag) if tag.source.startswith("{{") else _statement(inside, tag)


def _output(inside: str, tag: Tag) -> Tag:
    return Tag("out", tag.start, tag.end, tag.source, tag.level, inside, parse(_meant(inside)))


def _statement(inside: str, tag: Tag) -> Tag:
    kind, rest = _kind_of(inside)
    where = (tag.start, tag.end, tag.source, tag.level)
    if kind == "for":
        return _repetition(rest, tag)
    if kind in ("if", "elif"):
        return Tag(kind, *where, rest.strip(), parse(_meant(rest)))
    return Tag(kind, *where)


def _kind_of(inside: str) -> tuple[str, str]:
    for kind, pattern in _STATEMENTS:
        found = pattern.fullmatch(inside)
        if found:
            return kind, found[1]
    word = inside.split(" ", maxsplit=1)[0][:40]
    raise BadTag(f"il comando «{word}» non esiste; quelli disponibili sono: {_COMMANDS}")


def _repetition(rest: str, tag: Tag) -> Tag:
    found = _EACH.fullmatch(rest)
    if found is None:
        raise BadTag("una ripetizione si scrive: per ogni lotto in lotti")
    check_name(found[1])
    rows = parse(_meant(found[2]))
    path = path_of(rows)
    if path is None or "loop" in (found[1], path[0]):
        raise BadTag("una ripetizione si scrive: per ogni lotto in lotti")
    where = (tag.start, tag.end, tag.source, tag.level)
    return Tag("for", *where, found[2].strip(), rows, target=found[1])


def _meant(text: str) -> str:
    """The expression as jinja2 wants it: «e», «o», «non» and «=» outside quotes are English."""
    parts = _QUOTED.split(text)
    parts[::2] = [_WORD.sub(_english, part) for part in parts[::2]]
    return "".join(parts)


def _english(found: re.Match[str]) -> str:
    return _WORDS.get(found[0].lower(), "==")
