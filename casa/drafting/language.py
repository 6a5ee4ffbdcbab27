"""The language of a text, by its smallest words."""

import re
from collections import Counter

_WORDS = {
    "it": "il lo la gli le di del della dei delle che per con non una è sono nel alla da al ed",
    "en": "the of and to in is that for on with as by be this are or from which shall",
    "fr": "le la les des du et est une que pour dans sur par au aux qui pas être ou",
    "de": "der die das und ist von zu den mit für auf nicht ein eine im dem des werden oder",
    "es": "el los las del que y en es por con una para se al como más o sus",
    "sl": "in je na za se so pri ki da po iz ter ali tudi biti z v o kot",
}
_SMALL_WORDS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 40_000
_ENOUGH = 8
_SHARE = 0.12


def language_of(text: str) -> str:
    """ISO 639-1 code, "" when the text is too short or speaks none of the languages we know."""
    sample = text if len(text) <= _SAMPLE else text[: _SAMPLE // 2] + text[-_SAMPLE // 2 :]
    counts = Counter(_WORD.findall(sample.lower()))
    total = sum(counts.values())
    scores = {
        language: sum(counts[word] for word in words) for language, words in _SMALL_WORDS.items()
    }
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] >= max(_ENOUGH, _SHARE * total) else ""
