"""What one may ask the trail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casa.foundation.components.forms import DateInput
from casa.registry import trail


class TrailForm(forms.Form):
    """The filters of the trail: words, person, body, act and days."""

    q = forms.CharField(label=_("Parole nell'oggetto"), max_length=200, required=False)
    persona = forms.CharField(
        label=_("Persona"), help_text=_("Nome, cognome o e-mail"), max_length=200, required=False
    )
    ente = forms.CharField(
        label=_("Ente"),
        help_text=_("Anche solo una parte del nome"),
        max_length=200,
        required=False,
    )
    atto = forms.ChoiceField(label=_("Atto"), required=False)
    dal = forms.DateField(label=_("Dal giorno"), widget=DateInput, required=False)
    al = forms.DateField(label=_("Al giorno"), widget=DateInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acts = sorted(trail.labels().items(), key=lambda act: act[1])
        self.fields["atto"].choices = [("", _("Tutti")), *acts]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        asked: dict[str, Any] = super().clean() or {}
        if asked.get("dal") and asked.get("al") and asked["al"] < asked["dal"]:
            self.add_error("al", _("L'ultimo giorno viene prima del primo: correggi le date."))
        return asked
