"""Personal data in a document: what, where, whether its check digits are right, how serious.

>>> from casa.drafting import personal
>>> [datum.kind for datum in personal.find("Tel. 0301234567, protocollo@comune.prova.example")]
['phone', 'email']
"""

from casa.drafting.personal.datum import LABELS, Kind, Level, PersonalDatum, masked
from casa.drafting.personal.finding import find

__all__ = ["LABELS", "Kind", "Level", "PersonalDatum", "find", "masked"]
