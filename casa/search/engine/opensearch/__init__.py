"""The engine for the largest networks: OpenSearch, a server of its own, spoken to over HTTP."""

from casa.search.engine.opensearch.engine import OpenSearchEngine

__all__ = ["OpenSearchEngine"]
