"""Officers where there are none."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casa.dossier.forms.describing import OfficerField
from casa.registry.models import Person

LABELS = {
    "rup": _("Responsabile unico del progetto (RUP)"),
    "award_officer": _("RUP dell'affidamento nella Stazione Unica Appaltante"),
}


class OfficersForm(forms.Form):
    """One field for each empty place; at least one is filled."""

    def __init__(self, *args: Any, offered: "dict[str, QuerySet[Person]]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, people in offered.items():
            self.fields[name] = OfficerField(
                label=LABELS[name],
                help_text=_("La nomina è un atto dell'ente: qui si segna chi è."),
                queryset=people,
                required=len(offered) == 1,
                empty_label=_("Scegli"),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data.values()):
            raise forms.ValidationError(_("Scegli chi è il responsabile."))
        return data
