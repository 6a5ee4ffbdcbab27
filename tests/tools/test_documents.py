"""What the guides name exists, and what exists is named."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from casa.cli import casa
from casa.foundation.opening.rooms import room_commands

ROOT = Path(__file__).parents[2]
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
GUIDES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_a_guide_names_only_targets_that_exist(path: Path):
    named = set(re.findall(r"`make ([a-z-]+)`", path.read_text()))

    assert named <= TARGETS


def test_every_target_leads_to_something_that_exists():
    makefile = (ROOT / "Makefile").read_text()
    tools = re.findall(r"\btools/\w+\.py", makefile)
    modules = re.findall(r"python -m (\w+)", makefile)

    assert [tool for tool in tools if not (ROOT / tool).exists()] == []
    assert [module for module in modules if find_spec(module) is None] == []


def test_the_operators_guide_names_every_command():
    guide = (ROOT / "docs" / "operators.md").read_text()
    commands = {*casa.commands, *room_commands()}

    assert sorted(name for name in commands if not re.search(rf"`casa {name}\b", guide)) == []
