"""What the law says, for pages and for other rooms."""

from casa.guide.queries.following import is_known, norm_key, norm_title, rows_of
from casa.guide.queries.norms import (
    FIELDS,
    Answer,
    Asked,
    answers,
    norm_table,
    norms_holding,
)
from casa.guide.queries.rules import Section, advise, every_rule, histories, law_of, sections

__all__ = [
    "FIELDS",
    "Answer",
    "Asked",
    "Section",
    "advise",
    "answers",
    "every_rule",
    "histories",
    "is_known",
    "law_of",
    "norm_key",
    "norm_table",
    "norm_title",
    "norms_holding",
    "rows_of",
    "sections",
]
