"""Words that stand for an act: «il Codice», «medesimo decreto», what a text itself defines."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from casa.drafting.citations.acts import Mention

_SAME = (
    r"(?:medesim|stess|citat|predett|suddett|richiamat|ridett|anzidett|sopracitat|"
    r"sopra\s+citat)[oa]"
)
_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"decreto[\s-]+legislativo|d\.?\s?lgs\.?", ("d.lgs.",)),
    (r"decreto[\s-]+legge|d\.\s?l\.", ("d.l.",)),
    (r"d\.?\s?p\.?\s?r\.?|decreto\s+del\s+presidente\s+della\s+repubblica", ("d.P.R.",)),
    (r"d\.?\s?p\.?\s?c\.?\s?m\.?", ("d.P.C.M.",)),
    (r"decreto\s+ministeriale|d\.\s?m\.", ("d.m.",)),
    (r"regio\s+decreto|r\.\s?d\.", ("r.d.",)),
    (r"decreto", ("d.lgs.", "d.l.", "d.P.R.", "d.m.", "d.P.C.M.", "r.d.")),
    (r"legge\s+regionale|l\.\s?r\.", ("l.r.",)),
    (r"legge|l\.", ("l.", "l.r.", "l. cost.", "l.p.")),
    (r"regolamento", ("reg.",)),
    (r"direttiva", ("dir.",)),
    (r"decisione", ("dec.",)),
    (r"delibera(?:zione)?|determinazione", ("del.",)),
    (r"testo\s+unico|codice", ("codice", "d.lgs.", "d.P.R.", "r.d.")),
)
_ANY_WORD = "|".join(f"(?P<w{at}>{words})" for at, (words, _kinds) in enumerate(_WORDS))
_REFERRED = re.compile(rf"(?<!\w){_SAME}\s+(?:{_ANY_WORD})(?!\w)(?!\s*n?\.?\s*\d)", re.IGNORECASE)
_CITED = re.compile(
    rf"(?<!\w)(?:{_ANY_WORD})\s+(?:(?:sopra\s?)?cit(?:at[oa]|\.)|di\s+cui\s+sopra)(?!\w)"
    r"(?!\s*n?\.?\s*\d)",
    re.IGNORECASE,
)
"""«d.lgs. cit.», «legge citata»."""
CODE = re.compile(
    r"(?<!\w)codice(?:\s+(?:dei\s+contratti(?:\s+pubblici)?|degli\s+appalti(?:\s+pubblici)?))?(?!\w)"
    r"(?!\s+(?:civile|penale|di\s|del\s|dell|delle\s|della\s|in\s|fiscale|CIG|CUP|etico|identificativo|"
    r"univoco|unico|antimafia|IPA|ATECO|CPV|NUTS|privacy))",
    re.IGNORECASE,
)
_DEFINED = re.compile(
    r"(?:(?:di|nel|in)\s+seguito|d['’]ora\s+in\s+(?:avanti|poi)|per\s+brevità)"
    r"(?:denominat[oa]|indicat[oa]|anche|sol[oa]mente|solo|semplicemente|chiamat[oa]|come|"
    r"per\s+brevità|[\s,:])*"
    r"(?:il|lo|la|l['’])?\s*[«“\"'‘]?\s*(?:il\s|lo\s|la\s|l['’])?\s*"
    r"(?P<word>[A-Za-zÀ-ù][\w.]{0,60}(?:[ ][A-Za-zÀ-ù][\w.]{0,60}){0,3}?)"
    r"\s*[»”\"'’)\],;.]",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r" ?(?:\(|,) ?(?:il |lo |la |l['’])?(?:(?P<open>[«“\"'‘])|(?=codice))"
    r"(?P<word>[A-Za-zÀ-ù][\w.]{0,60}(?: [A-Za-zÀ-ù][\w.]{0,60}){0,3}?)"
    r"(?(open)[»”\"'’]) ?\)",
    re.IGNORECASE,
)
"""«d.lgs. 36/2023 (Codice)», «d.lgs. 33/2013 ("decreto trasparenza")»."""
_FIRST = re.compile(r"(?<![\w.])[A-Za-zÀ-ù][\w.]{0,60}")
_AT_MOST_FOUR = re.compile(r"[A-Za-zÀ-ù][\w.]{0,60}(?: [A-Za-zÀ-ù][\w.]{0,60}){0,3}")
_REACH = 90
_NO_NAMES = frozenset(
    {"comune", "provincia", "ente", "appaltatore", "stazione appaltante", "sua", "rup"}
)


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that stand for an act: one of these kinds cited before, one defined, or the Codice."""

    start: int
    end: int
    kinds: tuple[str, ...] = ()
    word: str = ""
    is_code: bool = False


def definitions(text: str, named: Sequence[Mention]) -> dict[str, Mention]:
    """What the document itself calls its acts: word in small letters → the act before it."""
    found: dict[str, Mention] = {}
    ends = [one.end for one in named]
    for match in _DEFINED.finditer(text):
        at = bisect_right(ends, match.start()) - 1
        word = match["word"].strip(" .").lower()
        if at >= 0 and match.start() - ends[at] <= _REACH and word not in _NO_NAMES:
            found.setdefault(word, named[at])
    for one in named:
        if called := _CALLED.match(text, one.end):
            found.setdefault(called["word"].strip(" .").lower(), one)
    return found


def references(text: str, defined: Mapping[str, Mention]) -> Iterator[Reference]:
    """Every word that stands for an act, in no order."""
    for match in chain(_REFERRED.finditer(text), _CITED.finditer(text)):
        kinds = next(
            kinds for at, (_words, kinds) in enumerate(_WORDS) if match[f"w{at}"] is not None
        )
        yield Reference(match.start(), match.end(), kinds=kinds)
    for match in CODE.finditer(text):
        yield Reference(match.start(), match.end(), is_code=True)
    yield from _defined_words(text, defined)


def _defined_words(text: str, defined: Mapping[str, Mention]) -> Iterator[Reference]:
    """Where the words stand again that the document defined: one look-up per word of the text."""
    words = {word for word in defined if not is_the_code(word)}
    firsts = {word.split(" ", 1)[0] for word in words}
    if not words:
        return
    for match in _FIRST.finditer(text):
        if match[0].rstrip(".").lower() not in firsts and match[0].lower() not in firsts:
            continue
        longest = _AT_MOST_FOUR.match(text, match.start())
        if longest and (word := _known(longest[0].lower(), words)):
            yield Reference(match.start(), match.start() + len(word), word=word)


def _known(phrase: str, words: Collection[str]) -> str:
    """The longest of the words that the phrase begins with."""
    pieces = phrase.split(" ")
    for count in range(len(pieces), 0, -1):
        head = " ".join(pieces[:count])
        for word in (head, head.rstrip(".")):
            if word in words:
                return word
    return ""


def is_the_code(word: str) -> bool:
    """Whether the word is a name of the Codice dei contratti, not of another code."""
    return bool(CODE.fullmatch(word))
