"""Adapting an entry for one's own body."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casa.registry.models import Office


class DeriveForm(forms.Form):
    """What the copy is called, and which office looks after it."""

    title = forms.CharField(
        label=_("Titolo della vostra scheda"),
        help_text=_("Di solito lo stesso: l'ente si vede già."),
        max_length=200,
    )
    office = forms.ModelChoiceField(
        label=_("Quale ufficio la cura"),
        help_text=_("Riceve gli avvisi quando la fonte cambia."),
        queryset=Office.objects.none(),
        empty_label=None,
    )

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
