"""What pages and commands read from search. Everything here knows who asks."""

from casa.search.queries.alike import Copy, copies, spread_of
from casa.search.queries.cards import link_to
from casa.search.queries.feeds import Line, private_lines, public_lines, saved_behind
from casa.search.queries.finding import MOST_BY_TITLE, find
from casa.search.queries.health import IndexHealth, health
from casa.search.queries.hints import Cpv, answer_to, cpv_labels, cpv_of
from casa.search.queries.likeness import similar, suggest
from casa.search.queries.missing import (
    Wanted,
    board,
    count_assigned_to,
    counts,
    is_found_by_members,
    lines,
    tenders,
    with_answers,
)
from casa.search.queries.results import Clause, FacetCounts, Hit, Link, Result
from casa.search.queries.saved import (
    ALERT_SALT,
    News,
    already_saved,
    applied,
    last_change,
    named_by,
    news_for,
    saved_by,
)
from casa.search.queries.searching import MAX_PAGE, PER_PAGE

__all__ = [
    "ALERT_SALT",
    "MAX_PAGE",
    "MOST_BY_TITLE",
    "PER_PAGE",
    "Clause",
    "Copy",
    "Cpv",
    "FacetCounts",
    "Hit",
    "IndexHealth",
    "Line",
    "Link",
    "News",
    "Result",
    "Wanted",
    "already_saved",
    "answer_to",
    "applied",
    "board",
    "copies",
    "count_assigned_to",
    "counts",
    "cpv_labels",
    "cpv_of",
    "find",
    "health",
    "is_found_by_members",
    "last_change",
    "lines",
    "link_to",
    "named_by",
    "news_for",
    "private_lines",
    "public_lines",
    "saved_behind",
    "saved_by",
    "similar",
    "spread_of",
    "suggest",
    "tenders",
    "with_answers",
]
