"""What runs in the jail: `python -m casa.drafting fields | fill | fill-all | convert-all | …`."""

import argparse
import json
from dataclasses import fields as names_of
from pathlib import Path
from typing import Any

from casa.drafting.errors import Unreadable
from casa.drafting.limits import Limits

NOT_JSON = "I dati per il modello non si leggono: devono essere un oggetto JSON."


def parser(name: str) -> argparse.ArgumentParser:
    """A parser with what these programs take: a file, and bounds."""
    made = argparse.ArgumentParser(prog=f"python -m casa.drafting {name}")
    made.add_argument("file", type=Path)
    made.add_argument("--limits", type=_limits, default=Limits(), metavar="JSON")
    return made


def _limits(text: str) -> Limits:
    given = json.loads(text)
    known = {field.name for field in names_of(Limits)}
    if not isinstance(given, dict) or not set(given) <= known:
        raise ValueError(text)
    return Limits(**{name: int(value) for name, value in given.items()})


def json_given(text: str, kind: type) -> Any:
    """What the JSON holds. Raises Unreadable unless it is of that kind."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable("data", NOT_JSON) from error
    if not isinstance(data, kind):
        raise Unreadable("data", NOT_JSON)
    return data


def json_bytes(data: object) -> bytes:
    """JSON as it is printed."""
    return json.dumps(data, ensure_ascii=False).encode()
