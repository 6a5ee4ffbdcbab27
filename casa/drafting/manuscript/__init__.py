"""Manuscripts: our starter documents as plain text, from which their DOCX is built.

>>> from casa.drafting import manuscript
>>> made = manuscript.read(path.read_text("utf-8"))  # doctest: +SKIP
>>> manuscript.docx(made)  # doctest: +SKIP
"""

from casa.drafting.manuscript.manuscript import BadManuscript, Fault, Line, Manuscript, Table
from casa.drafting.manuscript.numbers import Number, numbers
from casa.drafting.manuscript.package import docx
from casa.drafting.manuscript.reading import read

__all__ = [
    "BadManuscript",
    "Fault",
    "Line",
    "Manuscript",
    "Number",
    "Table",
    "docx",
    "numbers",
    "read",
]
