"""Models: the fields they ask for, the documents they become, the blanks of ordinary documents.

>>> from casa.drafting import filling
>>> filling.fill(Path("determina.docx"), {"importo": "1.234,56"})  # doctest: +SKIP
"""

from casa.drafting.filling import words
from casa.drafting.filling.blanks import Blank, blanks
from casa.drafting.filling.discovering import conditions, fields, problems
from casa.drafting.filling.field import (
    LABELS,
    BadData,
    BadModel,
    Choice,
    Condition,
    Field,
    FieldType,
    Place,
    Problem,
)
from casa.drafting.filling.filling import fill, filled
from casa.drafting.filling.formats import FORMATS
from casa.drafting.filling.templating import Confirmed, as_template

__all__ = [
    "FORMATS",
    "LABELS",
    "BadData",
    "BadModel",
    "Blank",
    "Choice",
    "Condition",
    "Confirmed",
    "Field",
    "FieldType",
    "Place",
    "Problem",
    "as_template",
    "blanks",
    "conditions",
    "fields",
    "fill",
    "filled",
    "problems",
    "words",
]
