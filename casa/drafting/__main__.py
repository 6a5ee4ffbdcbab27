"""`python -m casa.drafting FILE` prints the draft as JSON: the program that runs in the jail.

Exit code 0: a draft on stdout. 1: {"code", "message"} on stdout, the file cannot be read.
2: wrong use. `--limits JSON` changes single bounds, `--kind` prints only what the file is.
`python -m casa.drafting redline …` and other programs on files: see `programs`.
"""

import argparse
import json
import sys
from dataclasses import fields
from pathlib import Path

from casa.drafting.errors import Unreadable
from casa.drafting.limits import Limits
from casa.drafting.programs import PROGRAMS, run_program
from casa.drafting.reading import read
from casa.drafting.sniffing import sniff
from casa.drafting.wire import refusal_json, to_json


def main(arguments: list[str] | None = None) -> int:
    """Read one file, print JSON, return the exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    if words and words[0] in PROGRAMS:
        return run_program(words[0], words[1:])
    options = _parser().parse_args(words)
    try:
        if options.kind:
            answer: dict[str, object] = {"kind": sniff(options.file).value}
        else:
            answer = to_json(read(options.file, limits=options.limits))
        code = 0
    except (Unreadable, OSError) as error:
        refused = error if isinstance(error, Unreadable) else Unreadable("missing")
        answer, code = {**refusal_json(refused)}, 1
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m casa.drafting")
    parser.add_argument("file", type=Path)
    parser.add_argument("--limits", type=_limits, default=Limits(), metavar="JSON")
    parser.add_argument("--kind", action="store_true", help="print only what the file is")
    return parser


def _limits(text: str) -> Limits:
    given = json.loads(text)
    known = {field.name for field in fields(Limits)}
    if not isinstance(given, dict) or not set(given) <= known:
        raise ValueError(text)
    return Limits(**{name: int(value) for name, value in given.items()})


if __name__ == "__main__":
    sys.exit(main())
