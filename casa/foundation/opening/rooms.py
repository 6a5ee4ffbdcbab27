"""The commands that rooms add to `casa`: listed by reading their files, loaded when one is called.

A room has a module `commands.py` with click commands and a list `COMMANDS`. Loading it needs
Django and a database; `casa --help` must not wait for either, so names and first lines are taken
from the syntax of the file.
"""

import ast
import importlib
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from casa.foundation.opening.italian import in_italian
from casa.foundation.opening.plan import (
    ROOT,
    keep_secret_key,
    prepare_data_dir,
    read_plan,
    set_surroundings,
)
from casa.foundation.postgres import hands_on_database

NOBODY = "postgresql:///casa"  # enough for the settings when nothing will be asked


@dataclass(frozen=True)
class RoomCommand:
    """A command of a room, before it is loaded."""

    name: str
    summary: str
    module: str
    alone: bool = False
    """It needs neither Django nor a database: its module says `ALONE = True`."""

    def load(self) -> click.Command:
        """Load the room, and Django first where it needs it, and give the command itself."""
        if not self.alone:
            start_django()
        commands: list[click.Command] = importlib.import_module(self.module).COMMANDS
        command = next(command for command in commands if command.name == self.name)
        if isinstance(command, click.Group):
            for module in _modules():  # upper rooms add to it: `casa load cpv`
                importlib.import_module(module)
        return in_italian(command)


def room_commands() -> dict[str, RoomCommand]:
    """Give the commands of all rooms by name, in alphabetical order."""
    found = [
        command for module, path in _modules().items() for command in _read(path, module=module)
    ]
    return {command.name: command for command in sorted(found, key=lambda one: one.name)}


def _modules() -> dict[str, Path]:
    paths = (ROOT / "casa").glob("*/commands.py")
    return {f"casa.{path.parent.name}.commands": path for path in paths}


def start_django() -> None:
    """Set Django up, once."""
    import django  # only when a command needs it
    from django.apps import apps

    if not apps.ready:
        django.setup()


@contextmanager
def at_home() -> Iterator[None]:
    """Have what any command needs: data folder, secret key and a database, ours or another's."""
    plan = read_plan(os.environ)
    prepare_data_dir(plan.data_dir)
    keep_secret_key(plan.data_dir)
    with _database(plan.database_url, plan.database_dir) as url:
        set_surroundings(plan, database_url=url)
        yield


@contextmanager
def just_looking() -> Iterator[None]:
    """Have what is needed to print a help page."""
    os.environ.setdefault("CASA_SECRET_KEY", "only-to-print-help")
    set_surroundings(
        read_plan(os.environ), database_url=os.environ.get("CASA_DATABASE_URL", NOBODY)
    )
    yield


@contextmanager
def _given(url: str) -> Iterator[str]:
    yield url


def _database(url: str, folder: Path) -> AbstractContextManager[str]:
    return _given(url) if url else hands_on_database(folder)


def _read(path: Path, *, module: str) -> Iterator[RoomCommand]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    alone = any(_names(node) == ["ALONE"] for node in tree.body)
    for name in _listed(tree):
        if name in functions:
            yield RoomCommand(
                name=_name_in(functions[name]),
                summary=(ast.get_docstring(functions[name]) or "").split("\n")[0],
                module=module,
                alone=alone,
            )


def _listed(tree: ast.Module) -> list[str]:
    """Give the names in the list COMMANDS."""
    for node in tree.body:
        if "COMMANDS" in _names(node):
            value = getattr(node, "value", None)
            items = value.elts if isinstance(value, ast.List | ast.Tuple) else []
            return [item.id for item in items if isinstance(item, ast.Name)]
    return []


def _names(node: ast.stmt) -> list[str]:
    """Give the names that a statement gives a value to."""
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _name_in(function: ast.FunctionDef) -> str:
    """Give the name in `@click.command("name")`, else the one click makes of the function's."""
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and _is_click(decorator.func):
            given = [*decorator.args, *(k.value for k in decorator.keywords if k.arg == "name")]
            for value in given:
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    return value.value
    return function.name.replace("_", "-")


def _is_click(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and function.attr in {"command", "group"}
