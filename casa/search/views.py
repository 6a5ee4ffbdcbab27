"""The page of results."""

from collections.abc import Mapping

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _

from casa.foundation.components.facets import Facet, chips, facet
from casa.foundation.htmx import render_page
from casa.foundation.limits import limit
from casa.registry.http import Request
from casa.search import queries
from casa.search.engine.seam import Sort
from casa.search.facets import NAMES
from casa.search.query import MAX_CHARACTERS

MOST_VALUES = 12
MOST_DIGITS = 9  # Python refuses to read a number of thousands of them
EXAMPLES = ("refezione scolastica", '"offerta tecnica"', "scuolabus -noleggio", "RUP")


def results(request: Request) -> HttpResponse:
    """What the visitor may read with these words and filters."""
    limit(request, "search", per_minute=60)
    words = request.GET.get("q", "").strip()[:MAX_CHARACTERS]
    result, page = _find(request, words)
    facets = _facets(request, result)
    chosen = chips(facets)
    context: dict[str, object] = {
        "crumbs": [(_("Cerca"), "")],
        "q": words,
        "result": result,
        "page": page,
        "facets": facets,
        "chips": chosen,
        "clear_url": f"?{_only_words(request)}",
        "kept": _kept(request),
        "sort": _sort(request).value,
        "examples": EXAMPLES,
    }
    return render_page(request, "search/results.html", context, partial="results")


def _find(request: Request, words: str) -> tuple[queries.Result, Page[int]]:
    """The page asked for; past the end, the last one."""
    asked = _number(request.GET.get("pagina", ""))
    result = _run(request, words, asked)
    last = min(result.total, queries.MAX_PAGE * queries.PER_PAGE)
    page = Paginator(range(last), queries.PER_PAGE).get_page(asked)
    if page.number != asked:
        result = _run(request, words, page.number)
    return result, page


def _run(request: Request, words: str, page: int) -> queries.Result:
    return queries.find(
        request.actor, words=words, filters=_filters(request), page=page, sort=_sort(request)
    )


def _filters(request: Request) -> Mapping[str, list[str]]:
    chosen = {name: request.GET.getlist(word)[:MOST_VALUES] for word, name in NAMES.items()}
    return {name: values for name, values in chosen.items() if values}


def _facets(request: Request, result: queries.Result) -> list[Facet]:
    made = [
        facet(one.word, one.label, one.counts, one.labels, request.GET) for one in result.facets
    ]
    return [_shortened(one) for one in made if one.options]


def _shortened(one: Facet) -> Facet:
    """The values with most results, and what is chosen."""
    options = one.options[:MOST_VALUES] + tuple(o for o in one.options[MOST_VALUES:] if o.chosen)
    return Facet(name=one.name, label=one.label, options=options)


def _kept(request: Request) -> list[tuple[str, str]]:
    """What a new search in the form keeps: filters and order, not the page."""
    words = [*NAMES, "ordine"]
    return [(word, value) for word in words for value in request.GET.getlist(word)]


def _only_words(request: Request) -> str:
    query = request.GET.copy()
    for name in [*NAMES, "pagina"]:
        query.pop(name, None)
    return query.urlencode()


def _sort(request: Request) -> Sort:
    newest = request.GET.get("ordine") == Sort.NEWEST.value
    return Sort.NEWEST if newest else Sort.RELEVANCE


def _number(text: str) -> int:
    short = text.isdecimal() and len(text) <= MOST_DIGITS
    return min(int(text), queries.MAX_PAGE) if short and int(text) > 0 else 1
