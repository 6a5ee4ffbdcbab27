"""How Italian words are made comparable: accents, elisions, endings, acronyms.

Accents are folded *before* endings are cut, so that «qualità» and «qualita» are one word. The
same chain runs in the index, in queries and in the passages that pages show.
"""

import re
import unicodedata
from functools import cache, lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

CHAIN = "simple > long 60 > lower > fold > elisions > italian: 1"
"""Names the chain. Change it with the chain: the index is then made anew."""

ELISIONS = tuple("dell nell sull all dall coll pell quell degl negl agl sugl dagl".split())  # noqa: SIM905
"""Articles before an apostrophe that are no word by themselves: the index leaves them out."""
ELIDED = frozenset(ELISIONS) | frozenset(
    "l un d quest c s m t v n gl anch cent com dov quand".split()  # noqa: SIM905
)
"""What a query drops before an apostrophe. Without one, «lotto C» or «lettera d» stay words."""
STOP_WORDS = frozenset(
    """
    a ad agli ai al alla alle allo anche che chi ci come con cui da dagli dai dal dalla dalle
    dallo degli dei del della delle dello di e ed gli ha i il in io la le lo ma ne negli nei
    nel nella nelle nello non o per piu quale quali quella quelle quelli quello questa queste
    questi questo se si su sugli sui sul sulla sulle sullo tra fra un una uno
    """.split()  # noqa: SIM905
)
"""Words that a query may lose: required, they would only hide short documents."""
ASKING_WORDS = frozenset(
    """
    abbiamo acquistare acquisto altra altre altri altro avere bisogno cerco chiedere
    comprare cosa dare deve devo dobbiamo documenti documento dove ente essere fare fatta
    fatto gara gestire modelli modello molto nostra nostre nostri nostro nuova nuove nuovi
    nuovo ogni perche posso possiamo prendere quando rifare serve servire servizi servizio
    sono sta tutta tutte tutti tutto usare vecchia vecchie vecchi vecchio voglio vogliamo
    vorrei
    """.split()  # noqa: SIM905
)
"""Words of the question rather than of what is looked for: little help where all can't be had."""
SHORTEST_VERB = 6
WORD = re.compile(r"[^\W_]+")
APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ´`′ʹ"), "'")
_UNEVEN = re.compile(r"[^\x00-\x7f]|`")
_ACCENTED = (range(0xC0, 0x250), range(0x1E00, 0x1F00))


def analyser() -> TextAnalyzer:
    """The whole chain: for the fields that are searched by meaning."""
    chain = _lower_and_plain().filter(Filter.custom_stopword(list(ELISIONS)))
    return chain.filter(Filter.stemmer("italian")).build()


def plain_analyser() -> TextAnalyzer:
    """Words with their endings: for acronyms, slips of the pen and beginnings of words."""
    return _lower_and_plain().build()


def _lower_and_plain() -> TextAnalyzerBuilder:
    chain = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(60))
    return chain.filter(Filter.lowercase()).filter(Filter.ascii_fold())


@cache
def _analyser() -> TextAnalyzer:
    return analyser()


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word as the index knows it; empty for an elided article."""
    return " ".join(_analyser().analyze(word))


NOUN_ENDINGS = ("atura", "itura", "tura", "izia", "zione", "ione", "sione")


def nouns_of(word: str) -> tuple[str, ...]:
    """Nouns that a verb may have, where cutting endings does not lead there: potare → potatura.

    Guesses: those that are no words find nothing.
    """
    if len(word) < SHORTEST_VERB or not word.endswith(("are", "ere", "ire")):
        return ()
    return tuple(word[:-3] + ending for ending in NOUN_ENDINGS)


@cache
def _evenly() -> dict[int, str]:
    table = {ord("İ"): "i", **APOSTROPHES}
    for code in (code for codes in _ACCENTED for code in codes):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = base.lower()
    return table


def fold(text: str) -> str:
    """Small letters without accents, straight apostrophes; letter for letter, same length."""
    return _UNEVEN.sub(_even, text).lower()


def _even(sign: re.Match[str]) -> str:
    return _evenly().get(ord(sign[0]), sign[0])


def words_of(text: str) -> list[str]:
    """The words of a text, folded, elided articles left out."""
    folded = fold(unicodedata.normalize("NFC", text))
    kept = re.sub(r"([^\W_]+)'(?=[\s\"«“(]?\w)", _without_article, folded)
    return WORD.findall(kept)


def _without_article(match: re.Match[str]) -> str:
    return " " if match[1] in ELIDED else f"{match[1]} "
