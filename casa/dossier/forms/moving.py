"""The steps and stages of a dossier."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casa.casework.models import Step
from casa.dossier.forms.codes import CodeField
from casa.dossier.models import Paper, Participant
from casa.foundation.components.forms import DateInput


class TimeInput(forms.DateTimeInput):
    """A day and an hour, with the browser's own control."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class StepForm(forms.Form):
    """Where one step stands."""

    stato = forms.ChoiceField(
        label=_("A che punto è"), choices=Step.State, widget=forms.RadioSelect
    )
    entro = forms.DateField(label=_("Entro il"), required=False, widget=DateInput)
    nota = forms.CharField(
        label=_("Nota"),
        help_text=_("La leggono tutti e due gli enti. Non scrivere dati personali."),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DayForm(forms.Form):
    """The day on which something was done."""

    giorno = forms.DateField(label=_("In quale giorno"), widget=DateInput)


class PublishForm(forms.Form):
    """The notice is out, or the invitations are sent."""

    cig = CodeField(
        "CIG",
        help_text=_("Dieci caratteri, per esempio B1A2C3D4E5."),
    )
    giorno = forms.DateField(
        label=_("Giorno di pubblicazione o di invio degli inviti"), widget=DateInput
    )
    scadenza = forms.DateTimeField(
        label=_("Le offerte arrivano entro"),
        help_text=_("Fino ad allora gli elenchi degli operatori restano riservati."),
        widget=TimeInput,
    )
    urgenza = forms.BooleanField(
        label=_("C'è un'urgenza motivata negli atti: vale il termine più breve"), required=False
    )


class CorrigendumForm(forms.Form):
    """What changes after publication."""

    motivo = forms.CharField(
        label=_("Che cosa cambia e perché"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    corregge = forms.ModelMultipleChoiceField(
        label=_("Quali documenti corregge"),
        help_text=_(
            "Quelli usciti con la pubblicazione. Il testo corretto si mette nel passo dei "
            "chiarimenti."
        ),
        queryset=Paper.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    giorno = forms.DateField(label=_("Giorno di pubblicazione della rettifica"), widget=DateInput)
    scadenza = forms.DateTimeField(label=_("Nuovo termine per le offerte"), widget=TimeInput)

    def __init__(self, *args: Any, papers: "QuerySet[Paper]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["corregge"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = papers


class ParticipantForm(forms.Form):
    """An operator that was invited, or made an offer."""

    come = forms.ChoiceField(
        label=_("Come partecipa"), choices=Participant.Role, widget=forms.RadioSelect
    )
    operatore = forms.CharField(label=_("Operatore economico"), max_length=200)


class AwardForm(DayForm):
    """The award; with a direct award the CIG comes here."""

    cig = CodeField("CIG", required=False)
