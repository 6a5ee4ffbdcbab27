"""Citations: every reference to a norm in a text, as an object with a place and an address.

>>> from casa.drafting import citations
>>> [one] = citations.find("ai sensi dell'art. 50, c. 1, lett. b), d.lgs. 36/2023")
>>> one.act, one.article, one.comma, one.letter
('d.lgs. 36/2023', '50', '1', 'b')
"""

from casa.drafting.citations.citation import Citation
from casa.drafting.citations.finding import find

__all__ = ["Citation", "find"]
