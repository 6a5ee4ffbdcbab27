"""The questions of a tender as one form: each once, in the order of its documents."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from casa.dossier.asking import BadAnswer, Question, shown, understood
from casa.dossier.asking.values import APART, NO, YES
from casa.drafting.filling import LABELS, FieldType
from casa.foundation.components.forms import Fieldset
from casa.library.queries.fields import question as words_of

LONG = 2000
_PLAIN = re.compile(r"(?P<no>non )?\(?(?P<name>[a-z]\w*)\)?")
LAST_TIME = _lazy("Proposto dall'ultima gara dell'ente: controlla.")
LISTS = (FieldType.LIST, FieldType.GROUP)
EXAMPLES = {
    FieldType.AMOUNT: "120.000,00",
    FieldType.DATE: "31/12/2026",
    FieldType.TIME: "12:30",
    FieldType.NUMBER: "3",
    FieldType.PERCENTAGE: "22",
    FieldType.CPV: "55523100",
}


class AnswersForm(forms.Form):
    """A field for each question. `given` are the answers understood, valid or not the others."""

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Question],
        titles: Mapping[int, str],
        values: Mapping[str, object],
        offered: Mapping[str, str],
        remembered: Mapping[str, str],
        doubts: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {one.name: one for one in questions}
        self.given: dict[str, object] = {}
        for one in questions:
            known = shown(one, values.get(one.name)) or offered.get(one.name, "")
            first = known or remembered.get(one.name, "")
            self.fields[one.name] = _field(one, titles, initial=first)
            if first and not known:
                self.fields[one.name].help_text += f" {LAST_TIME}"
            elif doubt := doubts.get(one.name) if offered.get(one.name) else None:
                self.fields[one.name].help_text += f" {escape(doubt)}"
        self.fieldsets = _fieldsets(questions, titles)

    def clean(self) -> dict[str, Any]:
        """Understand what was typed; what is wrong is told beside its field, the rest is kept."""
        typed = super().clean() or {}
        for name, one in self.questions.items():
            try:
                self.given[name] = understood(one, str(typed.get(name) or ""))
            except BadAnswer as wrong:
                self.add_error(name, str(wrong))
        return typed


def _field(one: Question, titles: Mapping[int, str], *, initial: str) -> forms.Field:
    given: dict[str, Any] = {
        "label": words_of(one.name, {}),
        "help_text": _help(one, titles),
        "required": False,
        "initial": initial,
    }
    if one.type == FieldType.BOOLEAN:
        choices = [("", _("Non ancora deciso")), (YES, _("Sì")), (NO, _("No"))]
        return forms.ChoiceField(choices=choices, **given)
    if one.type in LISTS:
        area = forms.Textarea(attrs={"rows": 4})
        return forms.CharField(max_length=20_000, widget=area, **given)
    return forms.CharField(max_length=LONG, **given)


def _help(one: Question, titles: Mapping[int, str]) -> str:
    """What to write, where it goes, when it is needed.

    Escaped: forms show help as it is, and the words of a model are a stranger's.
    """
    parts = [_kind(one)]
    if len(one.papers) > 1:
        more = [titles[key] for key in one.papers[1:] if key in titles]
        told = _("Serve anche per: %s.") % "; ".join(dict.fromkeys(more))
        parts += [told] if more else []
    if when := [_when(text) for text in one.conditions if not _is_always(text)]:
        parts.append(_("Serve solo se: %s.") % _("; oppure ").join(when))
    return escape(" ".join(part for part in parts if part))


def _is_always(condition: str) -> bool:
    """Whether a condition is «a oppure non (a)»: needed either way."""
    first, _word, second = condition.partition(" oppure ")
    return second in (f"non ({first})", f"non {first}")


def _when(condition: str) -> str:
    """A condition in the words of its question, where it is a plain yes or no."""
    found = _PLAIN.fullmatch(condition)
    if not found:
        return condition.replace("_", " ")
    answer = _("no") if found["no"] else _("sì")
    return _("rispondi «%(answer)s» a «%(question)s»") % {
        "answer": answer,
        "question": words_of(found["name"], {}),
    }


def _kind(one: Question) -> str:
    if one.columns:
        names = f" {APART} ".join(name.replace("_", " ") for name in one.columns)
        told = _("Una riga per voce, con le colonne divise da una barra: %s. ") % names
        return told + _("Puoi incollarle da un foglio di calcolo. Se non ce ne sono scrivi -")
    if one.type in LISTS:
        return _("Una voce per riga. Se non ce ne sono scrivi -")
    if one.options:
        return _("Per esempio: %s.") % ", ".join(one.options)
    if one.type in (FieldType.TEXT, FieldType.BOOLEAN):
        return ""
    if example := EXAMPLES.get(one.type):
        return _("Per esempio: %s.") % example
    return _("Si scrive: %s.") % LABELS[one.type]


def _fieldsets(questions: Iterable[Question], titles: Mapping[int, str]) -> list[Fieldset]:
    names: dict[int, list[str]] = {}
    for one in questions:
        names.setdefault(one.papers[0], []).append(one.name)
    return [Fieldset(titles.get(key, ""), names[key]) for key in names]
