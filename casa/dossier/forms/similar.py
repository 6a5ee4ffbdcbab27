"""What a tender is like, to find those like it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casa.guide.forms.choosing import NeedForm
from casa.library.models.choices import Criterion

KEPT = ("tipo", "importo", "cpv", "criterio")


class SimilarForm(NeedForm):
    """Kind, amount and CPV of «Quale procedura», the criterion, and nothing else."""

    fieldsets = []

    criterio = forms.ChoiceField(
        label=_("Criterio"),
        choices=[("", _("Qualunque")), *Criterion.choices],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(KEPT):
            del self.fields[name]
        self.fields["importo"].help_text = ""
