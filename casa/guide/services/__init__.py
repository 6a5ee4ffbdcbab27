"""Loading the law: the norms that models cite, and the rules of procurement."""

from casa.guide.services.norms import load_norms, read_norms
from casa.guide.services.reports import Report
from casa.guide.services.rules import load_rules, read_rules

__all__ = ["Report", "load_norms", "load_rules", "read_norms", "read_rules"]
