"""The programs that run in the jail beside reading: `python -m casa.drafting NAME … FILE…`.

A new one is a module with `run(arguments: list[str]) -> bytes` and a line here. What it gives
back is printed; it refuses with `Unreadable`.
"""

import json
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from casa.drafting.errors import Unreadable
from casa.drafting.wire import refusal_json

# Loaded by name: a program must start fast, and no reader needs the others
PROGRAMS = {
    "unwrap": "casa.drafting.signatures.program",
    "redline": "casa.drafting.redline.program",
    "merge": "casa.drafting.merging.program",
    "clean": "casa.drafting.cleaning.program",
    "fields": "casa.drafting.filling.programs.fields",
    "fill": "casa.drafting.filling.programs.fill",
    "fill-all": "casa.drafting.filling.programs.fill_all",
    "convert-all": "casa.drafting.filling.programs.convert_all",
    "blanks": "casa.drafting.filling.programs.blanks",
    "template": "casa.drafting.filling.programs.template",
}


class Program(Protocol):
    """What a module named in `PROGRAMS` offers."""

    def run(self, arguments: list[str]) -> bytes:
        """Do the work on the files named in the arguments; give what is to be printed."""


def run_program(name: str, arguments: Sequence[str]) -> int:
    """Run it, print what it makes or {"code", "message"}; give the exit code, 0 or 1."""
    program = cast("Program", import_module(PROGRAMS[name]))
    try:
        output, code = program.run(list(arguments)), 0
    except Exception as error:  # noqa: BLE001 -- a file may break a program in any way
        output, code = json.dumps(refusal_json(_refusal(error))).encode(), 1
    sys.stdout.buffer.write(output)
    return code


def _refusal(error: Exception) -> Unreadable:
    if isinstance(error, Unreadable):
        return error
    codes = {FileNotFoundError: "missing", MemoryError: "too_large", RecursionError: "too_complex"}
    return Unreadable(codes.get(type(error), "corrupt"))
