"""The day of the rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casa.foundation.components.forms import DateInput


class DayForm(forms.Form):
    """In which day one wants to know what held."""

    giorno = forms.DateField(
        label=_("In quale giorno"),
        help_text=_("Conta il giorno del bando o degli inviti. Vuoto: oggi."),
        widget=DateInput,
        required=False,
    )
