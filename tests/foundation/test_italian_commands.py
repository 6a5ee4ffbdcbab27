"""The command line speaks Italian: Click's own headings, hints and refusals too."""

import ast
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from casa import cli
from casa.foundation.opening.italian import SPEAKING, WORDS, in_italian, speak_italian
from casa.foundation.opening.rooms import room_commands

OF_CLICK = re.compile(
    r"\b(Usage|Options|Commands|Show|Error|Try|Missing|Invalid|such|Did you|unexpected|required|"
    r"requires|default|valid|match|range|exist|OPTIONS|COMMAND|ARGS|TEXT|INTEGER|FLOAT|PATH|"
    r"DIRECTORY|FILENAME|WORDS|MODEL|NAME)\b|%Y"
)
FOR_DEVELOPERS = re.compile(
    r"DeprecationWarning|defined twice|[Aa]rguments? take|declare|same flag|Choice\(|version\)s|"
    r"colour|must be an iterable|start character|Could not determine"
)


def every_command():
    """Give all commands with their whole name: `casa`, `casa load`, `casa load cpv` …"""
    waiting = [("casa", cli.casa), *((n, c.load()) for n, c in room_commands().items())]
    while waiting:
        name, command = waiting.pop(0)
        yield name, command
        if isinstance(command, click.Group):
            waiting += [(f"{name} {inner}", one) for inner, one in command.commands.items()]


def test_no_help_page_holds_a_word_of_click() -> None:
    pages = {
        name: command.get_help(click.Context(command, info_name=name))
        for name, command in every_command()
    }
    assert {"casa", "casa up", "load cpv", "exchange trust", "search"} <= set(pages)
    english = {name: OF_CLICK.findall(page) for name, page in pages.items()}
    assert {name: found for name, found in english.items() if found} == {}
    assert all(page.startswith("Uso: ") for page in pages.values())
    assert "Mostra questo aiuto." in pages["casa"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["serch"], "Il comando «serch» non esiste."),
        (["worker", "--nummer", "2"], "L'opzione «--nummer» non esiste. Forse volevi '--number'?"),
        (["worker", "--number"], "L'opzione «--number» vuole un valore."),
        (["worker", "--number", "due"], "«due» non è un numero intero."),
        (["doctor", "presto"], "C'è un argomento di troppo (presto)"),
        (["web", "--reload=no"], "L'opzione «--reload» non vuole un valore."),
        (["up", "a", "b"], "Ci sono argomenti di troppo (a b)"),
    ],
)
def test_wrong_use_is_refused_in_italian(words, said) -> None:
    done = CliRunner().invoke(cli.casa, words)
    assert done.exit_code == 2
    assert said in done.output
    assert not OF_CLICK.search(done.output)


@pytest.mark.parametrize(
    ("room", "words", "said"),
    [
        ("search", [], "Manca l'argomento 'PAROLE…'."),
        ("load", ["territory", "x", "--on", "ieri"], "«ieri» non è un giorno scritto AAAA-MM-GG."),
        ("manager", ["a@b.example", "--role", "re"], "«re» non è fra 'manager', 'reviewer'."),
        ("import", ["people"], "Manca l'argomento 'FILE'."),
        ("reset-factor", ["a@b.example"], "Manca l'opzione '--reason'."),
        ("inspect", ["/"], "«/»: è una cartella."),
        ("exchange", ["impart"], "Il comando «impart» non esiste. Forse volevi 'import'?"),
    ],
)
def test_the_commands_of_the_rooms_refuse_in_italian(room, words, said) -> None:
    done = CliRunner().invoke(room_commands()[room].load(), words)
    assert done.exit_code == 2
    assert said in done.output
    assert not OF_CLICK.search(done.output)


def test_every_sentence_click_may_say_is_translated() -> None:
    asked = {sentence for module in SPEAKING for sentence in sentences(Path(module.__file__))}
    assert len(asked) > 60, "Click no longer asks gettext in these files"
    missing = {one for one in asked - set(WORDS) if not FOR_DEVELOPERS.search(one)}
    assert missing == set()


def test_what_a_translation_fills_in_is_what_the_sentence_fills_in() -> None:
    for english, italian in WORDS.items():
        assert fields(italian) <= fields(english)
    assert fields("{name!r} {x}") == {"name", "x"}


def test_a_command_that_names_its_own_words_keeps_them() -> None:
    speak_italian()

    @click.command(options_metavar="[…]")
    @click.argument("name", metavar="CHI")
    @click.option("--page", metavar="P", default=1)
    def own(name: str, page: int) -> None:
        """Prova."""

    assert "own […] CHI" in in_italian(own).get_help(click.Context(own, info_name="own"))
    assert "--page P" in own.get_help(click.Context(own, info_name="own"))


def sentences(path: Path):
    """Give what a file of Click asks `gettext` for."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            count = {"_": 1, "ngettext": 2}.get(node.func.id, 0)
            for given in node.args[:count]:
                if isinstance(given, ast.Constant):
                    yield given.value


def fields(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", sentence))
