"""What is written in a proposal to a source, and in its answer."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SuggestForm(forms.Form):
    """The words that we propose, and why they serve others too."""

    testo = forms.CharField(
        label=_("Testo proposto"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    motivo = forms.CharField(
        label=_("Perché serve anche agli altri"),
        help_text=_("Chi cura la fonte decide su questo. Non scrivere dati personali."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(forms.Form):
    """The words that the source takes, and what it answers."""

    testo = forms.CharField(
        label=_("Testo che prendete"),
        help_text=_("Puoi cambiarlo: chi ha proposto vede che cosa avete scritto."),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    risposta = forms.CharField(
        label=_("Risposta"),
        help_text=_("Serve sempre quando non la prendete."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
