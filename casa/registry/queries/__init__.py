"""Reads across the tables of the registry."""

from casa.registry.queries.audience import Readers, audience_sentence, readers_of

__all__ = ["Readers", "audience_sentence", "readers_of"]
