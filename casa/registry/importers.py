"""What `casa import` brings in besides people: upper rooms name their command in `ready()`."""

from collections.abc import Mapping

import click
from django.utils.module_loading import import_string

_offered: dict[str, str] = {}


def offer(name: str, path: str) -> None:
    """Give `casa import` a command by its dotted path; it is loaded when somebody calls it."""
    _offered[name] = path


def offered() -> Mapping[str, str]:
    """The names with their paths, in the order of the offers."""
    return dict(_offered)


def load(name: str) -> click.Command | None:
    """The command of that name, when there is one."""
    path = _offered.get(name)
    command: click.Command | None = import_string(path) if path else None
    return command
