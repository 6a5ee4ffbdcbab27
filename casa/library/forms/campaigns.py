"""Forms of norm campaigns."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casa.drafting import citations
from casa.foundation.components.forms import DateInput
from casa.library.models import Campaign
from casa.library.services.campaigns import ChangedNorm


class CampaignForm(forms.Form):
    """Which norm changed, said as one cites it; the grammar of citations reads it."""

    norm = forms.CharField(
        label=_("Quale norma è cambiata?"),
        help_text=_("Come si cita: «art. 50, comma 1, d.lgs. 36/2023»."),
        max_length=200,
    )
    change = forms.ChoiceField(label=_("Che cosa è successo?"), choices=Campaign.Change.choices)
    on = forms.DateField(label=_("Da quale giorno?"), widget=DateInput)
    note = forms.CharField(
        label=_("Che cosa cambia, e che cosa devono fare gli uffici?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    due_on = forms.DateField(label=_("Entro quando aggiornare i testi?"), widget=DateInput)

    def clean_norm(self) -> citations.Citation:
        """Exactly one norm, whose act is sure."""
        found = citations.find(self.cleaned_data["norm"])
        if len(found) != 1 or not found[0].act:
            raise forms.ValidationError(
                _("Scrivi una norma sola, con il suo atto: «art. 50 d.lgs. 36/2023».")
            )
        return found[0]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("on") and data.get("due_on") and data["due_on"] < data["on"]:
            self.add_error("due_on", _("Il termine viene prima del cambiamento: correggilo."))
        return data

    def changed(self) -> ChangedNorm:
        """What the editor said, as the service takes it."""
        norm = self.cleaned_data["norm"]
        return ChangedNorm(
            act=norm.act,
            article=norm.article,
            comma=norm.comma,
            letter=norm.letter,
            change=self.cleaned_data["change"],
            on=self.cleaned_data["on"],
            note=self.cleaned_data["note"],
            due_on=self.cleaned_data["due_on"],
        )


class KeepForm(forms.Form):
    """Why a text stays as it is."""

    why = forms.CharField(
        label=_("Perché il testo va bene così?"),
        help_text=_("Lo leggono anche gli altri enti."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
