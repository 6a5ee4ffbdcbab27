"""The questions of «Quale modello mi serve?». Answers travel in the address."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.library.queries import guided

WORDS: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "contratto": (
        gettext_lazy("Che cosa devi affidare?"),
        gettext_lazy("Lavori, servizi e forniture hanno documenti di gara diversi."),
    ),
    "settore": (
        gettext_lazy("Di che cosa si tratta?"),
        gettext_lazy("Un capitolato per la mensa non serve per le strade: conta l'oggetto."),
    ),
    "procedura": (
        gettext_lazy("Con quale procedura?"),
        gettext_lazy("La procedura decide quali atti servono e che cosa devono contenere."),
    ),
    "importo": (
        gettext_lazy("Quanto vale, IVA esclusa?"),
        gettext_lazy(
            "Le fasce servono a trovare il modello; la soglia di legge si controlla sulla norma."
        ),
    ),
    "fase": (
        gettext_lazy("A che punto sei?"),
        gettext_lazy("Un modello serve a un momento: programmare, affidare, eseguire."),
    ),
    "criterio": (
        gettext_lazy("Come scegli l'offerta?"),
        gettext_lazy("Con il minor prezzo non servono criteri né punteggi."),
    ),
    "pilastro": (
        gettext_lazy("Per quale attività?"),
        gettext_lazy("Ogni attività del progetto raccoglie modelli propri."),
    ),
}

Labels = Mapping[str, Mapping[str, str | Promise]]


class QuestionForm(forms.Form):
    """One question, with the earlier answers carried along."""

    def __init__(
        self,
        *args: Any,
        question: guided.Question,
        answers: Mapping[str, str],
        labels: Labels,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        label, why = WORDS[question.name]
        self.fields[question.name] = forms.ChoiceField(
            label=str(label),
            choices=_choices(question, labels),
            help_text=_("Perché lo chiediamo: %(why)s") % {"why": why},
            widget=forms.RadioSelect,
            error_messages={"required": _("Scegli una risposta; se non la sai, scegli «Non so».")},
        )
        for name, answer in answers.items():
            self.fields[name] = forms.CharField(widget=forms.HiddenInput, initial=answer)


class EverythingForm(forms.Form):
    """All the questions on one page; what is left alone is «non so»."""

    def __init__(
        self, *args: Any, questions: list[guided.Question], labels: Labels, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            label, why = WORDS[question.name]
            self.fields[question.name] = forms.ChoiceField(
                label=str(label),
                choices=_choices(question, labels),
                initial=guided.UNKNOWN,
                help_text=str(why),
            )


def answer_in_words(name: str, answer: str, labels: Labels) -> str:
    if answer == guided.UNKNOWN:
        return _("Non so")
    if answer == guided.NONE_OF_THESE:
        return _("Nessuna di queste risposte")
    return ", ".join(str(labels[name].get(one, one)) for one in answer.split())


def _choices(question: guided.Question, labels: Labels) -> list[tuple[str, str]]:
    codes = [*question.values, guided.NONE_OF_THESE, guided.UNKNOWN]
    in_order = sorted(codes, key=lambda code: _place(code, labels[question.name]))
    return [(code, answer_in_words(question.name, code, labels)) for code in in_order]


def _place(code: str, known: Mapping[str, object]) -> int:
    """The order of the law and of the pillars; «nessuna» and «non so» last."""
    order = [*known, guided.NONE_OF_THESE, guided.UNKNOWN]
    return order.index(code) if code in order else len(known)
