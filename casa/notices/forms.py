"""Forms of notices."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casa.notices.models import Follow


class CadenceForm(forms.Form):
    """When somebody wants to be told."""

    cadence = forms.ChoiceField(
        label=_("Quando vuoi essere avvisato?"),
        choices=Follow.Cadence.choices,
        initial=Follow.Cadence.WEEKLY,
        widget=forms.RadioSelect,
    )
