"""Two ODT files become one with real tracked changes, as OpenDocument knows them."""

from casa.drafting.redline.odt.redline import odt
from casa.drafting.redline.odt.resolving import accepted, rejected

__all__ = ["accepted", "odt", "rejected"]
