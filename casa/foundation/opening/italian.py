"""Click's own sentences in Italian: the headings of help pages and what is said to wrong use.

Click asks the standard `gettext`, which follows the variables of the terminal; ours speak Italian
everywhere, so the modules of Click get these functions in its place. A test reads Click's files
and names any sentence that is missing here, the day an upgrade brings one.
"""

from types import ModuleType

import click
from click import core, decorators, exceptions, formatting, parser, termui, types

SPEAKING: list[ModuleType] = [core, decorators, exceptions, formatting, parser, termui, types]

WORDS = {
    "Usage:": "Uso:",
    "Options": "Opzioni",
    "Positional arguments": "Argomenti",
    "Commands": "Comandi",
    "Show this message and exit.": "Mostra questo aiuto.",
    "Show the version and exit.": "Mostra la versione.",
    "required": "obbligatorio",
    "default: {default}": "se manca: {default}",
    "(dynamic)": "(secondo il momento)",
    "env var: {var}": "variabile d'ambiente: {var}",
    "deprecated": "superato",
    "Aborted!": "Interrotto.",
    "Error: {message}": "Errore: {message}",
    "Try '{command} {option}' for help.": "Per l'aiuto: «{command} {option}».",
    "Missing command.": "Manca il comando.",
    "Missing argument": "Manca l'argomento",
    "Missing option": "Manca l'opzione",
    "Missing parameter": "Manca il parametro",
    "Missing {param_type}": "Manca {param_type}",
    "Missing parameter: {param_name}": "Manca il parametro: {param_name}",
    "Invalid value: {message}": "Valore non valido: {message}",
    "Invalid value for {param_hint}: {message}": "Valore non valido per {param_hint}: {message}",
    "No such option {name!r}.": "L'opzione «{name}» non esiste.",
    "No such command {name!r}.": "Il comando «{name}» non esiste.",
    "Did you mean {possibility}?": "Forse volevi {possibility}?",
    "(Did you mean one of: {possibilities}?)": "(Forse volevi una di queste: {possibilities}?)",
    "Got unexpected extra argument ({args})": "C'è un argomento di troppo ({args})",
    "Got unexpected extra arguments ({args})": "Ci sono argomenti di troppo ({args})",
    "Argument {name!r} takes {nargs} values.": "L'argomento «{name}» vuole {nargs} valori.",
    "Takes {nargs} values but 1 was given.": "Vuole {nargs} valori, ne ha avuto 1.",
    "Takes {nargs} values but {len} were given.": "Vuole {nargs} valori, ne ha avuti {len}.",
    "{len_type} values are required, but {len_value} was given.": (
        "Servono {len_type} valori, ce n'è {len_value}."
    ),
    "{len_type} values are required, but {len_value} were given.": (
        "Servono {len_type} valori, ce ne sono {len_value}."
    ),
    "Option {name!r} does not take a value.": "L'opzione «{name}» non vuole un valore.",
    "Option {name!r} requires an argument.": "L'opzione «{name}» vuole un valore.",
    "Option {name!r} requires {nargs} arguments.": "L'opzione «{name}» vuole {nargs} valori.",
    "Choose from:\n\t{choices}": "Scegli fra:\n\t{choices}",
    "{value!r} is not {choice}.": "«{value}» non è {choice}.",
    "{value!r} is not one of {choices}.": "«{value}» non è fra {choices}.",
    "{value!r} does not match the format {format}.": (
        "«{value}» non è un giorno scritto AAAA-MM-GG."
    ),
    "{value!r} does not match the formats {formats}.": (
        "«{value}» non ha nessuna di queste forme: {formats}."
    ),
    "{value!r} is not a valid {number_type}.": "«{value}» non è un {number_type}.",
    "{value} is not in the range {range}.": "{value} è fuori dai limiti {range}.",
    "{value!r} is not a valid boolean. Recognized values: {states}": (
        "«{value}» non è né sì né no. Valori ammessi: {states}"
    ),
    "{value!r} is not a valid UUID.": "«{value}» non è un UUID.",
    "file": "file",
    "directory": "cartella",
    "path": "percorso",
    "Could not open file {filename!r}: {message}": "Il file «{filename}» non si apre: {message}",
    "unknown error": "errore sconosciuto",
    "{name} {filename!r} does not exist.": "{name} «{filename}»: non esiste.",
    "{name} {filename!r} is a file.": "{name} «{filename}»: è un file.",
    "{name} {filename!r} is a directory.": "{name} «{filename}»: è una cartella.",
    "{name} {filename!r} is not readable.": "{name} «{filename}»: non si può leggere.",
    "{name} {filename!r} is not writable.": "{name} «{filename}»: non si può scrivere.",
    "{name} {filename!r} is not executable.": "{name} «{filename}»: non si può eseguire.",
    "Repeat for confirmation": "Ripeti per conferma",
    "Error: The two entered values do not match.": "Errore: i due valori sono diversi.",
    "Error: invalid input": "Errore: risposta non valida",
    "Press any key to continue...": "Premi un tasto per continuare…",
    "Do you want to continue?": "Vuoi continuare?",
    "Confirm the action without prompting.": "Conferma senza chiedere.",
}
KINDS = {
    "text": "testo",
    "integer": "numero intero",
    "integer range": "numero intero",
    "float": "numero",
    "float range": "numero",
    "boolean": "sì o no",
    "filename": "file",
    "datetime": "data",
    **{name: WORDS[name] for name in ("file", "directory", "path")},
}
PLACES = {
    "words": "PAROLE",
    "files": "FILE",
    "model": "MODELLO",
    "name": "NOME",
    "publickey": "CHIAVE",
    "before": "PRIMA",
    "after": "DOPO",
    "ours": "NOSTRO",
    "theirs": "LORO",
    "path": "PERCORSO",
}
"""What stands on a command's line, by the name it has in our code."""


def speak_italian() -> None:
    """Let Click say everything in Italian; safe to repeat."""
    for module in SPEAKING:
        for asked, answers in (("_", _one), ("ngettext", _one_or_more)):
            if hasattr(module, asked):
                setattr(module, asked, answers)


def in_italian(command: click.Command) -> click.Command:
    """Give the command back with the words in capitals of its help in Italian, inner ones too."""
    if command.options_metavar == "[OPTIONS]":
        command.options_metavar = "[OPZIONI]"
    for parameter in command.params:
        _name_kind(parameter)
    if isinstance(command, click.Group):
        if command.subcommand_metavar == "COMMAND [ARGS]...":
            command.subcommand_metavar = "COMANDO [ARGOMENTI]..."
        for inner in command.commands.values():
            in_italian(inner)
    return command


def _name_kind(parameter: click.Parameter) -> None:
    """Name what a parameter wants, unless its command says it better."""
    kind = parameter.type
    kind.name = KINDS.get(kind.name, kind.name)
    if parameter.metavar is None and not getattr(parameter, "is_flag", False):
        parameter.metavar = _shown(parameter, kind)


def _shown(parameter: click.Parameter, kind: click.ParamType[object]) -> str | None:
    """Give the word in capitals where Click would show English, or a form nobody reads."""
    if isinstance(parameter, click.Argument):
        return _placed(parameter)
    if isinstance(kind, click.DateTime):
        return "AAAA-MM-GG" if list(kind.formats) == ["%Y-%m-%d"] else None
    return "NUMERO" if kind.name.startswith("numero") else None


def _placed(argument: click.Argument) -> str | None:
    """Name an argument: in brackets when it may be missing, with dots when there may be more."""
    word = PLACES.get(argument.name or "")
    if word is None:
        return None
    return f"{word}…" if argument.nargs == -1 else word if argument.required else f"[{word}]"


def _one(words: str) -> str:
    return WORDS.get(words, words)


def _one_or_more(one: str, more: str, count: int) -> str:
    return _one(one if count == 1 else more)
