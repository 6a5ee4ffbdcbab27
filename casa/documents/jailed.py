"""What is done to files: in the jail, by the programs of the drafting table."""

import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from casa import drafting
from casa.foundation import jail

NO_JAIL = (
    "Su questo computer manca l'ambiente protetto in cui si leggono i file: installa bubblewrap "
    "(casa doctor dice che cosa serve)."
)
TOO_LONG = "Il lavoro sul file ha richiesto troppo tempo: prova con un file più piccolo."


HELPED = jail.JailLimits(may_fork=True, cpu_seconds=600, wall_seconds=600.0)


def read(path: Path) -> drafting.Draft:
    """The draft of one file. Raises Unreadable with a sentence, and nothing else.

    What stays unread is tried again in a jail that may start LibreOffice and tesseract.
    """
    draft = drafting.parse_output(_run([], path))
    if draft.unread:
        with suppress(drafting.Unreadable):
            helped = _run(["--limits", '{"programs": 1}'], path, limits=HELPED)
            return drafting.parse_output(helped)
    return draft


def make(
    program: str,
    *paths: Path,
    options: Sequence[str] = (),
    limits: jail.JailLimits = jail.JailLimits(),  # noqa: B008 -- frozen
) -> bytes:
    """What `python -m casa.drafting PROGRAM` makes of these files. Raises Unreadable."""
    output = _run([program, *options], *paths, limits=limits)
    if output[:1] == b"{" and (refusal := _refusal(output)):
        raise refusal
    return output


def _run(
    words: Sequence[str],
    *paths: Path,
    limits: jail.JailLimits = jail.JailLimits(),  # noqa: B008 -- frozen
) -> bytes:
    if missing := [path for path in paths if not path.is_file()]:
        raise drafting.Unreadable("missing", f"Il file {missing[0]} non c'è.")
    names = ["{input}", *(f"{{input{number}}}" for number in range(2, len(paths) + 1))]
    program = [sys.executable, "-m", "casa.drafting", *words, *names]
    try:
        return jail.run(program, input_file=paths[0], more_files=paths[1:], limits=limits)
    except jail.NoJail as error:
        raise drafting.Unreadable("corrupt", NO_JAIL) from error
    except jail.TimedOut as error:
        raise drafting.Unreadable("too_complex", TOO_LONG) from error
    except (jail.OutOfMemory, jail.TooMuchOutput) as error:
        raise drafting.Unreadable("too_large") from error
    except jail.JailBroken as error:
        raise drafting.Unreadable("corrupt") from error


def _refusal(output: bytes) -> drafting.Unreadable | None:
    try:
        data = json.loads(output)
    except ValueError:
        return None
    if not isinstance(data, dict) or set(data) != {"code", "message"}:
        return None
    return drafting.Unreadable(str(data["code"]), str(data["message"]))
