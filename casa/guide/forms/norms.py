"""What one may ask the table of norms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casa.foundation.components.forms import DateInput


class NormsForm(forms.Form):
    """The day, and words of the norm."""

    giorno = forms.DateField(
        label=_("In quale giorno"),
        help_text=_("Conta la data del documento, non oggi. Vuoto: oggi."),
        widget=DateInput,
        required=False,
    )
    norma = forms.CharField(
        label=_("Norma"),
        help_text=_("Per esempio «art. 36 d.lgs. 50/2016»."),
        max_length=200,
        required=False,
    )
