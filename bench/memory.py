"""The memory of everything that one process started, the database included."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
KINDS = ("follower", "worker", "web", "up")


@dataclass(frozen=True, slots=True)
class Share:
    """One process: what it holds, and its part of it when shared pages are divided among all."""

    number: int
    kind: str
    rss: float
    pss: float


def shares_of(parent: int, *, itself: bool = False) -> list[Share]:
    """What every process below this one holds, in MB."""
    found = []
    for number in [*([parent] if itself else []), *_descendants(parent)]:
        with suppress(OSError, KeyError):  # it may have ended meanwhile
            command = (PROC / str(number) / "cmdline").read_text().replace("\0", " ")
            held = _held(number)
            found.append(Share(number, _kind(command), held["Rss"], held["Pss"]))
    return found


def by_kind(shares: list[Share]) -> dict[str, list[Share]]:
    """Processes of one kind together, by name."""
    kinds = sorted({share.kind for share in shares})
    return {kind: [share for share in shares if share.kind == kind] for kind in kinds}


def said(shares: list[Share]) -> str:
    """One sentence in Markdown."""
    total = sum(share.pss for share in shares)
    parts = (f"{kind} {sum(s.pss for s in own):.0f}" for kind, own in by_kind(shares).items())
    return f"**{total:.0f} MB** (proportional share; {', '.join(parts)})"


def _held(number: int) -> dict[str, float]:
    lines = (PROC / str(number) / "smaps_rollup").read_text().splitlines()[1:]
    return {name.rstrip(":"): int(size) / 1024 for name, size, *_unit in map(str.split, lines)}


def _kind(command: str) -> str:
    if "postgres" in command.partition(" ")[0]:
        return "PostgreSQL"
    return next((kind for kind in KINDS if f" {kind} " in command), "others")


def _descendants(parent: int) -> Iterator[int]:
    for process in PROC.glob("[0-9]*"):
        with suppress(OSError):
            after_name = (process / "stat").read_text().rpartition(")")[2].split()
            if int(after_name[1]) == parent:
                yield int(process.name)
                yield from _descendants(int(process.name))


def own_shares() -> list[Share]:
    """Of what this process started, without itself."""
    return shares_of(os.getpid())
