"""The page of results."""

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casa.foundation.amounts import amounts_in
from casa.foundation.components.facets import Facet, address_with, chips, facet
from casa.foundation.htmx import render_page
from casa.foundation.limits import limit
from casa.registry.http import Request
from casa.search import access, queries, services
from casa.search.engine.seam import Sort
from casa.search.facets import NAMES
from casa.search.query import NOTHING_ASKED, parse
from casa.search.views.asking import MOST_VALUES, Question, chosen_codes, question_of

MOST_DIGITS = 9  # Python refuses to read a number of thousands of them

EXAMPLES = ("refezione scolastica", '"offerta tecnica"', "scuolabus -noleggio", "RUP")


@require_safe
def results(request: Request) -> HttpResponse:
    """What the visitor may read with these words and filters."""
    limit(request, "search", per_minute=60)
    question = question_of(request)
    result, page = _find(request, question)
    _count_when_empty(request, question, result)
    facets = _facets(request, result)
    context: dict[str, object] = {
        "crumbs": [(_("Cerca"), "")],
        "q": question.words,
        "question": question,
        "unsearchable": bool(question.words) and parse(question.words) == NOTHING_ASKED,
        "result": result,
        "page": page,
        "facets": facets,
        "chips": chips([*facets, *_codes(request, question)]),
        "clear_url": f"?{_only_words(request)}",
        "kept": _kept(request),
        "sort": _sort(request).value,
        "may_sort_by_title": result.total <= queries.MOST_BY_TITLE,
        "examples": EXAMPLES,
        "may_save": access.may_save(request.actor),
        "may_tend": access.may_tend_missing(request.actor),
        **_hints(request, question),
    }
    return render_page(request, "search/results.html", context, partial="results")


def _find(request: Request, question: Question) -> tuple[queries.Result, Page[int]]:
    """The page asked for; past the end, the last one."""
    asked = _number(request.GET.get("pagina", ""))
    result = _run(request, question, asked)
    last = min(result.total, queries.MAX_PAGE * queries.PER_PAGE)
    page = Paginator(range(last), queries.PER_PAGE).get_page(asked)
    if page.number != asked:
        result = _run(request, question, page.number)
    return result, page


def _run(request: Request, question: Question, page: int) -> queries.Result:
    return queries.find(
        request.actor,
        words=question.words,
        filters=question.filters,
        page=page,
        sort=_sort(request),
    )


def _count_when_empty(request: Request, question: Question, result: queries.Result) -> None:
    """Words that nothing answers, typed without filters, go on the editors' list."""
    nothing = (not result.total or result.partial) and not result.problem
    first = not question.filters and request.GET.get("pagina", "1") == "1"
    if nothing and first and question.words:
        services.count_empty(
            actor=request.actor,
            words=question.words,
            partial=bool(result.hits),
            now=timezone.now(),
        )


def _hints(request: Request, question: Question) -> dict[str, object]:
    """What stands beside the results of words: the answer of an editor, the CPV codes meant."""
    if not question.words:
        return {}
    codes = [
        (code, address_with(request.GET, "cpv", code.code))
        for code in queries.cpv_of(question.words)
        if code.code not in question.filters.get("cpv", ())
    ]
    return {
        "answer": queries.answer_to(request.actor, question.words),
        "codes": codes,
        "spends": bool(amounts_in(question.words)),
    }


def _facets(request: Request, result: queries.Result) -> list[Facet]:
    made = [
        facet(one.word, one.label, one.counts, one.labels, request.GET) for one in result.facets
    ]
    return [_shortened(one) for one in made if one.options]


def _shortened(one: Facet) -> Facet:
    """The values with most results, and what is chosen."""
    options = one.options[:MOST_VALUES] + tuple(o for o in one.options[MOST_VALUES:] if o.chosen)
    return Facet(name=one.name, label=one.label, options=options)


def _codes(request: Request, question: Question) -> list[Facet]:
    """The CPV codes chosen, when the page has no facet that shows them."""
    codes = question.filters.get("cpv", [])
    return [chosen_codes(request.GET, queries.cpv_labels(codes))] if codes else []


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
    asked = request.GET.get("ordine", "")
    return Sort(asked) if asked in {sort.value for sort in Sort} else Sort.RELEVANCE


def _number(text: str) -> int:
    short = text.isdecimal() and len(text) <= MOST_DIGITS
    return min(int(text), queries.MAX_PAGE) if short and int(text) > 0 else 1
