"""How the words of a document stand on a page: the fields of a model read as words, not as code."""

import re
from collections.abc import Callable

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()
_TAG = re.compile(
    r"\{\{\s*(?P<field>[\w.]+)[^{}]*\}\}"
    r"|\{%-?(?:p|r|tr|tc)?\s*(?P<command>[^{}%]{1,200}?)\s*-?%\}"
    r"|\{#\s*(?P<note>[^{}]{1,1000}?)\s*#\}"
)
_IF = re.compile(r"(?:se|if)\s+(.+)")
_ELSE_IF = re.compile(r"(?:altrimenti se|elif)\s+(.+)")
_EACH = re.compile(r"(?:per ogni|for)\s+\w+\s+in\s+([\w.]+)")
_REASON = "motivo:"


@register.filter(is_safe=True)
def document_text(text: str) -> SafeString:
    """The words escaped, with line breaks; `{{ ente }}` and the commands of a model said in words.

    Only what the page shows changes: the file and its text stay as they are.
    """
    shown = str(linebreaksbr(text, autoescape=True))
    return mark_safe(_TAG.sub(_said, shown))  # noqa: S308 -- escaped above


def _said(match: re.Match[str]) -> str:
    if match["field"]:
        words = match["field"].replace("_", " ").replace(".", ": ")
        return format_html('<span class="casa-blank">{}</span>', words)
    if match["note"]:
        note = match["note"]
        if note.startswith(_REASON):
            note = _("Perché: %s") % note.removeprefix(_REASON).strip()
        return f'<span class="casa-command">{note}</span>'
    return f'<span class="casa-command">{_command(match["command"])}</span>'


def _command(words: str) -> str:
    """«se rinnovo» → «Solo se: rinnovo». What is no command of ours stays as it is."""
    for pattern, said in _COMMANDS:
        if found := pattern.fullmatch(words):
            return said(found)
    return words


def _condition(found: re.Match[str]) -> str:
    return found[1].replace("_", " ")


_COMMANDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_ELSE_IF, lambda found: _("Altrimenti, se: %s") % _condition(found)),
    (_IF, lambda found: _("Solo se: %s") % _condition(found)),
    (_EACH, lambda found: _("Per ogni riga di: %s") % _condition(found)),
    (re.compile(r"altrimenti|else"), lambda _found: _("Altrimenti")),
    (re.compile(r"fine se|endif"), lambda _found: _("Fine della parte")),
    (re.compile(r"fine per|endfor"), lambda _found: _("Fine dell'elenco")),
)
