"""A merge written into our ODT."""

from casa.drafting.merging.odt.result import odt

__all__ = ["odt"]
