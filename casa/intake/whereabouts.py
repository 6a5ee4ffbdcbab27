"""Where something stands in a document, in words: the clause, the page."""

from bisect import bisect_right
from collections.abc import Iterator

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casa import drafting
from casa.intake import personal


class Whereabouts:
    """Says where an offset of the text stands; lays the blocks out once for all of them."""

    def __init__(self, draft: drafting.Draft) -> None:
        self.draft = draft
        self.block_starts = [start for start, _end in drafting.lay_out(draft.blocks)[1]]
        self.clause_starts = [clause.start for clause in draft.clauses]

    def of(self, offset: int, count: int = 1) -> str:
        """Clause and page where it is first seen, and in how many other places it is."""
        if offset >= len(self.draft.text):
            where = _("intestazione o piè di pagina")
        else:
            where = ", ".join(self._clause_and_page(offset)) or _("testo")
        more = count - 1
        if not more:
            return where
        words = ngettext("{where} e in un altro punto", "{where} e in altri {more} punti", more)
        return words.format(where=where, more=more)

    def _clause_and_page(self, offset: int) -> Iterator[str]:
        at = bisect_right(self.clause_starts, offset) - 1
        if at >= 0 and offset < self.draft.clauses[at].end:
            clause = self.draft.clauses[at]
            name = personal.hidden(f"{clause.label} {clause.heading}".strip())
            yield Truncator(name).chars(80)
        page = self.draft.blocks[bisect_right(self.block_starts, offset) - 1].page
        if page:
            yield _("pagina {page}").format(page=page)
