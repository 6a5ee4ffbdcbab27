"""`python -m casa.drafting clean [--decisions JSON] FILE`: the cleaned copy on stdout."""

import argparse
from pathlib import Path

from casa.drafting.cleaning import clean, decided


def run(arguments: list[str]) -> bytes:
    """The bytes of the copy. Raises Unreadable."""
    parser = argparse.ArgumentParser(prog="python -m casa.drafting clean")
    parser.add_argument("file", type=Path)
    parser.add_argument("--decisions", default="[]")
    options = parser.parse_args(arguments)
    return clean(options.file, decisions=decided(options.decisions)).data
