"""Redlining: one file with real tracked changes between two versions."""

from casa.drafting.redline.docx import docx
from casa.drafting.redline.resolving import accepted, rejected

__all__ = ["accepted", "docx", "rejected"]
