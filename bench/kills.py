"""Two hundred followers killed with SIGKILL while cards change: index equals cards every time.

The same test as in `make test`, which kills twenty.
"""

import os
import subprocess
import sys
import time

from bench.measure import surroundings

KILLS = "200"
FILE = "tests/search/test_follower_processes.py"
TEST = f"{FILE}::test_after_kills_at_any_moment_the_index_equals_the_cards"


def run(_size: int) -> str:
    about, started = surroundings(), time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", TEST],
        env=os.environ | {"BENCH_KILLS": KILLS},
        check=False,
    )
    said = "index equal to the cards at the end" if done.returncode == 0 else "**FAILED**"
    taken = time.monotonic() - started
    return f"# Killed followers\n\n{about}\n\n{KILLS} kills in {taken:.0f} s: {said}.\n"
