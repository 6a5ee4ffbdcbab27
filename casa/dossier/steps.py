"""The steps of a tender by its procedure, from `data/dossier/steps.toml`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from casa.casework.services import NewStep

DIRECT = ("direct_award", "framework_call_off")
"""The procedures in which nobody competes."""
UNSURE = "da verificare"


def steps_for(procedure: str, *, delegated: bool, kind: str = "") -> list[NewStep]:
    """The steps that this procedure has, in order; those of a delegated tender only with a SUA.

    Without a kind of contract: those that every kind has.
    """
    return [
        _step(row, procedure)
        for row in rows()
        if _has(row, procedure, delegated=delegated)
        and (not row.get("kinds") or kind in row["kinds"])
    ]


def _step(row: dict[str, Any], procedure: str) -> NewStep:
    """One step in the words of its procedure; a rule that nobody verified says so."""
    unsure = f" ({UNSURE})" if row.get("to_check") else ""
    return NewStep(
        code=row["code"],
        phase=row["phase"],
        title=row.get("titles", {}).get(procedure, row["title"]),
        side=row["side"],
        optional=row.get("optional", False),
        papers=row.get("papers_of", {}).get(procedure, row.get("papers", "")),
        citation=f"{row['citation']}{unsure}",
    )


def models_of(code: str) -> tuple[str, ...]:
    """The slugs of all starter models that write papers of a step, whatever the procedure."""
    return tuple(row["slug"] for row in _models(code))


def models_for(code: str, procedure: str, *, delegated: bool) -> tuple[str, ...]:
    """Those that this procedure can use, with a SUA or without."""
    return tuple(
        row["slug"]
        for row in _models(code)
        if not (row.get("competitive") and procedure in DIRECT)
        and (delegated or not row.get("delegated"))
    )


def precedes_notice(code: str) -> bool:
    """Whether the papers of a step go out with the notice, and so freeze with it."""
    return code in codes_before_notice()


def codes_before_notice() -> list[str]:
    """The codes of those steps, the publication itself last."""
    codes = [row["code"] for row in rows()]
    return codes[: codes.index("publication") + 1]


def is_secret(code: str) -> bool:
    """Whether the papers of a step may say who is invited or takes part."""
    return any(row.get("secret", False) for row in rows() if row["code"] == code)


@cache
def rows() -> tuple[dict[str, Any], ...]:
    """Every step that any tender has."""
    path = Path(settings.ROOT) / "data" / "dossier" / "steps.toml"
    return tuple(tomllib.loads(path.read_text(encoding="utf-8"))["step"])


def _models(code: str) -> list[dict[str, Any]]:
    return next((row.get("models", []) for row in rows() if row["code"] == code), [])


def _has(row: dict[str, Any], procedure: str, *, delegated: bool) -> bool:
    if row.get("delegated") and not delegated:
        return False
    return not row.get("only") or procedure in row["only"]
