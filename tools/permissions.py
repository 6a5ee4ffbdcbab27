"""Write docs/permissions.md from the tables that the access tests prove.

A test module of rights (`tests/<room>/test_access*.py`) holds pairs of literals: a tuple of rights
whose name ends in RIGHTS, and the list of rows `(who, yes or no, …)` that the tests walk through.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "permissions.md"
HEAD = """# Who may do what

Made by `make permissions` from the tables in the tests (`tests/*/test_access*.py`): what is written here is what is
proved. Rights come from mandates in force and from nothing else; what may not be read does not exist (404), what may
not be done is refused with a reason (403).
"""


def document() -> str:
    """The whole page, one section per table."""
    sections = [HEAD]
    for path in sorted(ROOT.glob("tests/*/test_access*.py")):
        for title, rights, rows in tables(path):
            sections.append(_section(f"{path.parent.name}: {title}", rights, rows))
    return "\n".join(sections)


def tables(path: Path) -> Iterator[tuple[str, tuple[str, ...], list[tuple[Any, ...]]]]:
    """The tables of a module: `X_RIGHTS` goes with `X_TABLE`, `RIGHTS` with `TABLE`."""
    literals = _literals(path)
    for name, rights in literals.items():
        if name.endswith("RIGHTS"):
            stem = name.removesuffix("RIGHTS")
            title = stem.strip("_").lower().replace("_", " ") or "acting"
            yield title, rights, literals[f"{stem}TABLE"]


def _literals(path: Path) -> dict[str, Any]:
    found = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            try:
                found[node.targets[0].id] = ast.literal_eval(node.value)
            except ValueError:
                continue
    return found


def _section(title: str, rights: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    head = " | ".join(right.replace("_", " ") for right in rights)
    lines = [f"## {title}", "", f"| who | {head} |", "|---" * (len(rights) + 1) + "|"]
    for who, *answers in rows:
        cells = " | ".join("yes" if answer else "no" for answer in answers)
        lines.append(f"| {who} | {cells} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    if "--check" not in sys.argv:
        TARGET.write_text(document(), encoding="utf-8")
    elif TARGET.read_text(encoding="utf-8") != document():
        sys.exit("docs/permissions.md is stale: make permissions")
