"""Reads across the tables of the registry."""

from casa.registry.queries.audience import Readers, audience_sentence, readers_of
from casa.registry.queries.kept import kept_form

__all__ = ["Readers", "audience_sentence", "kept_form", "readers_of"]
