"""What one does with a search that found nothing."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casa.search import queries


class AssignForm(forms.Form):
    """Who takes care of it."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = forms.ModelChoiceField(
            label=_("Se ne occupa"),
            queryset=queries.tenders(on=on),
            required=False,
            empty_label=_("Nessuno, per ora"),
        )
