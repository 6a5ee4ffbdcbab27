"""The steps of a tender by its procedure, from `data/dossier/steps.toml`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from casa.casework.services import NewStep

DIRECT = "direct_award"


def steps_for(procedure: str, *, delegated: bool) -> list[NewStep]:
    """The steps that this procedure has, in order; those of a delegated tender only with a SUA."""
    return [
        NewStep(
            code=row["code"],
            phase=row["phase"],
            title=row["title"],
            side=row["side"],
            optional=row.get("optional", False),
            papers=row.get("papers", ""),
            citation=row.get("citation", ""),
        )
        for row in rows()
        if _has(row, procedure, delegated=delegated)
    ]


def models_of(code: str) -> tuple[str, ...]:
    """The slugs of all starter models that write papers of a step, whatever the procedure."""
    return tuple(row["slug"] for row in _models(code))


def models_for(code: str, procedure: str, *, delegated: bool) -> tuple[str, ...]:
    """Those that this procedure can use, with a SUA or without."""
    return tuple(
        row["slug"]
        for row in _models(code)
        if not (row.get("competitive") and procedure == DIRECT)
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
