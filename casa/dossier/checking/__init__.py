"""What contradicts itself, or the law of its day, in the facts of one tender. No database here."""

from casa.dossier.checking.amounts import of_amounts
from casa.dossier.checking.citations import Cited, of_citations
from casa.dossier.checking.dates import of_dates
from casa.dossier.checking.facts import Facts
from casa.dossier.checking.finding import Finding, Place
from casa.dossier.checking.procedure import need_of, of_procedure
from casa.dossier.checking.terms import of_terms
from casa.dossier.checking.twice import of_twice
from casa.guide.choosing import Advice
from casa.guide.law import Law

__all__ = ["Cited", "Facts", "Finding", "Place", "check", "need_of", "of_citations"]


def check(facts: Facts, *, law: Law, advice: Advice) -> list[Finding]:
    """Everything that can be told without opening a document, in the order of the tender."""
    return [
        *of_procedure(facts, advice, law),
        *of_twice(facts),
        *of_dates(facts),
        *of_terms(facts, law),
        *of_amounts(facts, law),
    ]
