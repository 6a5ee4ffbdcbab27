"""What an address asks: words and filters, read in the same way by every page."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from casa.foundation.components.facets import Facet, facet
from casa.registry.http import Request, chosen
from casa.search.facets import MAX_VALUE, NAMES
from casa.search.query import MAX_CHARACTERS

MOST_VALUES = 12


@dataclass(frozen=True, slots=True)
class Question:
    words: str
    filters: Mapping[str, list[str]]

    @property
    def query(self) -> str:
        """The question as an address has it, without page and order."""
        words = {name: word for word, name in NAMES.items()}
        pairs = [("q", self.words)] if self.words else []
        pairs += [(words[name], value) for name, values in self.filters.items() for value in values]
        return urlencode(pairs)

    def __bool__(self) -> bool:
        return bool(self.words or self.filters)


def question_of(request: Request) -> Question:
    """The words as they were typed, and the filters that were chosen; nothing endless."""
    words = request.GET.get("q", "").replace("\x00", " ").strip()[:MAX_CHARACTERS]
    given = {name: chosen(request, word)[:MOST_VALUES] for word, name in NAMES.items()}
    filters = {name: [value[:MAX_VALUE] for value in values] for name, values in given.items()}
    return Question(words, {name: values for name, values in filters.items() if values})


def chosen_codes(query: QueryDict, labels: Mapping[str, str]) -> Facet:
    """The CPV codes that narrow the list: they are no facet of the page, but can be taken away."""
    codes = query.getlist("cpv")[:MOST_VALUES]
    return facet("cpv", "CPV", {}, {code: named(code, labels) for code in codes}, query)


def named(code: str, labels: Mapping[str, str]) -> str:
    return f"{code} {labels[code]}" if code in labels else code
