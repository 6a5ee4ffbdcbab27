"""The text of a whole law, and how many words of it a finder takes in a second."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.measure import table
from casa.drafting import read

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "law"
LAW = "dlgs36_2023_vig20230530.akn.xml"
ROUNDS = 3


def law_text(folder: Path) -> str:
    """The words of d.lgs. 36/2023, read in place."""
    return read(folder / LAW).text


def speeds(finders: Mapping[str, Callable[[str], object]], text: str) -> str:
    """Words per second of the processor, of each finder, the best of a few rounds in turn."""
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, find in finders.items():
            begun = time.process_time()
            find(text)
            taken = time.process_time() - begun
            best[name] = min(taken, best.get(name, taken))
    words = len(text.split())
    rows = [[name, f"{words / taken:,.0f}", f"{taken:.3f}"] for name, taken in best.items()]
    return table(["", "words/s", "CPU seconds"], rows)
