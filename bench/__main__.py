"""`python -m bench`: measure, print, and write what was measured to bench/results/."""

import importlib
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

RESULTS = Path(__file__).parent / "results"
PARTS = (
    "search",
    "similar",
    "comparing",
    "redlining",
    "filling",
    "producing",
    "signatures",
    "reading",
    "hostile",
    "citations",
    "personal",
    "cleaning",
    "pages",
    "idle",
    "kills",
    "lineage",
)
"""Relevance has a command of its own: `python -m bench.relevance`."""


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice(PARTS))
@click.option("--size", default=10_000, show_default=True, help="How many documents.")
def bench(parts: tuple[str, ...], size: int) -> None:
    """Measure the parts named (all without a name), each in a process and a house of its own."""
    if len(parts) != 1:
        for part in parts or PARTS:
            subprocess.run([sys.executable, "-m", "bench", part, "--size", str(size)], check=True)
        return
    for part in parts:
        report = importlib.import_module(f"bench.{part}").run(size)
        path = RESULTS / f"{part}-{size}-{datetime.now(UTC):%Y%m%d-%H%M}.md"
        path.write_text(report)
        click.echo(f"\n{report}\n→ {path}")


if __name__ == "__main__":
    bench()
