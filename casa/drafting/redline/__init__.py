"""Redlining: one file with real tracked changes between two versions, DOCX or ODT."""

from casa.drafting.redline.docx import docx
from casa.drafting.redline.either import accepted, rejected
from casa.drafting.redline.odt import odt

__all__ = ["accepted", "docx", "odt", "rejected"]
