"""Clocks, memory, and the facts about this machine that a reader of the results must know."""

import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

REPEATS = 3
BUDGET_SECONDS = 20.0
"""What one engine may spend on one kind of query; whoever is slower answers fewer of them."""

Question = Callable[[str], object]


@dataclass
class Series:
    """The times of one engine for one kind of query, in milliseconds."""

    times: list[float] = field(default_factory=list)
    spent: float = 0.0

    @property
    def is_spent(self) -> bool:
        return self.spent > BUDGET_SECONDS

    def __str__(self) -> str:
        if not self.times:
            return "–"
        few = f" (n={len(self.times)})" if self.is_spent else ""
        return f"{milliseconds(p50(self.times))} / {milliseconds(p95(self.times))}{few}"


def interleaved(questions: dict[str, Question], queries: Sequence[str]) -> dict[str, Series]:
    """Ask every engine the same query before the next one: what slows one slows all."""
    series = {name: Series() for name in questions}
    for query in queries:
        for name, ask in questions.items():
            if not series[name].is_spent:
                _ask(series[name], ask, query)
    return series


def _ask(series: Series, ask: Question, query: str) -> None:
    """The best of three: what the answer costs, not what else the machine did."""
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        ask(query)
        times.append((time.perf_counter() - started) * 1000)
        series.spent += times[-1] / 1000
        if series.is_spent:
            break
    series.times.append(min(times))


def p50(times: Sequence[float]) -> float:
    return statistics.median(times)


def p95(times: Sequence[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


def milliseconds(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"  # noqa: PLR2004


def forget_peak() -> None:
    """Let the kernel begin to count this process's most memory from now."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak_megabytes() -> float:
    """The most memory this process had since `forget_peak`, files mapped included."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def folder_megabytes(folder: Path) -> float:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def surroundings() -> str:
    """Machine, date, versions and load, in one paragraph of Markdown."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = " / ".join(f"{value:.1f}" for value in os.getloadavg())
    packages = ", ".join(f"{name} {version(name)}" for name in ("django", "tantivy", "psycopg"))
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · commit {commit} · {os.cpu_count()} cores, "
        f"{memory:.0f} GB · {platform.platform()} · Python {platform.python_version()}, {packages} "
        f"· load at the start {load}"
    )


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines) + "\n"
