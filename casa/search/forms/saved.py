"""A saved search: its name and how often it tells."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casa.search.models import SavedSearch


class SavedSearchForm(forms.Form):
    name = forms.CharField(
        label=_("Nome"),
        help_text=_("Come la vuoi ritrovare: «Mense», «Verde pubblico»."),
        max_length=120,
    )
    frequency = forms.ChoiceField(
        label=_("Quando avvisarti"),
        help_text=_(
            "Scriviamo solo se ci sono schede nuove o cambiate. Ogni mail ha il collegamento per "
            "smettere."
        ),
        choices=SavedSearch.Frequency.choices,
        widget=forms.RadioSelect,
        initial=SavedSearch.Frequency.WEEKLY,
    )
