"""What one may ask of «Quale procedura»: the need of a body, in the words of a RUP."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casa.foundation.components.forms import DateInput, Fieldset
from casa.guide.choosing import BadNeed, Need
from casa.guide.choosing.typed import need_of

KINDS = [
    ("works", _("Lavori")),
    ("services", _("Servizi")),
    ("supplies", _("Forniture")),
    ("concession", _("Concessione")),
]
LEVELS = [
    ("none", _("Nessuna, o non lo so")),
    ("l3", _("L3: lavori, livello base")),
    ("l2", _("L2: lavori, livello intermedio")),
    ("l1", _("L1: lavori, livello avanzato")),
    ("sf3", _("SF3: servizi e forniture, livello base")),
    ("sf2", _("SF2: servizi e forniture, livello intermedio")),
    ("sf1", _("SF1: servizi e forniture, livello avanzato")),
]
PARTS: Mapping[str, str] = {
    "tipo": "kind",
    "importo": "amount",
    "opzioni": "options",
    "rinnovi": "renewals",
    "lotti": "lots",
    "cpv": "cpv",
    "giorno": "on",
    "qualificazione": "qualification",
    "urgente": "urgent",
    "pnrr": "pnrr",
    "transfrontaliero": "cross_border",
    "sociale": "social",
    "ordine": "call_off",
}
"""The fields of the form and what they are called in a need."""


class MoneyInput(forms.TextInput):
    """An amount, typed with the keyboard of numbers on a phone."""

    def __init__(self) -> None:
        super().__init__(attrs={"inputmode": "decimal", "autocomplete": "off"})


class NeedForm(forms.Form):
    """One purchase. `need` is there once the form is valid."""

    need: Need
    fieldsets = [
        Fieldset(_("Che cosa serve"), ["tipo", "importo", "cpv", "giorno"]),
        Fieldset(_("Chi compra"), ["qualificazione"]),
        Fieldset(_("Opzioni, rinnovi e lotti, se ci sono"), ["opzioni", "rinnovi", "lotti"]),
        Fieldset(
            _("Casi particolari"),
            ["urgente", "pnrr", "transfrontaliero", "sociale", "ordine"],
            _("Lascia vuoto ciò che non sai."),
        ),
    ]

    tipo = forms.ChoiceField(
        label=_("Che cosa devi affidare"), choices=KINDS, widget=forms.RadioSelect
    )
    importo = forms.CharField(
        label=_("Importo senza IVA, in euro"),
        help_text=_("Per tutta la durata, per esempio 120.000,00. Con i lotti può restare vuoto."),
        max_length=40,
        required=False,
        widget=MoneyInput,
    )
    opzioni = forms.CharField(
        label=_("Opzioni, se non sono già nell'importo"),
        help_text=_("Per esempio la proroga o l'aumento delle quantità. La legge le somma."),
        max_length=40,
        required=False,
        widget=MoneyInput,
    )
    rinnovi = forms.CharField(
        label=_("Rinnovi, se non sono già nell'importo"),
        help_text=_("L'importo degli anni in più che il contratto permette. La legge li somma."),
        max_length=40,
        required=False,
        widget=MoneyInput,
    )
    lotti = forms.CharField(
        label=_("Importi dei lotti"),
        help_text=_("Uno per riga, solo se ci sono lotti. Conta la loro somma."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    cpv = forms.CharField(
        label=_("Codice CPV"),
        help_text=_(
            "Otto cifre: 55523100 sono i pasti per le scuole. Riconosce alcuni servizi sociali."
        ),
        max_length=12,
        required=False,
    )
    giorno = forms.DateField(
        label=_("Giorno del bando o degli inviti"),
        help_text=_("Decide quali soglie valgono. Vuoto: oggi."),
        required=False,
        widget=DateInput,
    )
    qualificazione = forms.ChoiceField(
        label=_("Qualificazione dell'ente"),
        help_text=_("Il livello che l'ANAC riconosce all'ente che compra."),
        choices=LEVELS,
        required=False,
    )
    urgente = forms.BooleanField(label=_("C'è urgenza"), required=False)
    pnrr = forms.BooleanField(label=_("Ci sono fondi del PNRR o del PNC"), required=False)
    transfrontaliero = forms.BooleanField(
        label=_("C'è un interesse transfrontaliero certo"),
        help_text=_("Imprese di altri Paesi sarebbero davvero interessate alla gara."),
        required=False,
    )
    sociale = forms.BooleanField(
        label=_("È un servizio sociale o assimilato"),
        help_text=_("Sta nell'allegato XIV della direttiva 2014/24/UE."),
        required=False,
    )
    ordine = forms.BooleanField(
        label=_("C'è già un accordo quadro o una convenzione che lo comprende"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Make the need; what cannot be is told beside its field."""
        given = super().clean() or {}
        if not self.errors:
            try:
                self.need = need_of(self.typed(given), today=timezone.localdate())
            except BadNeed as wrong:
                names = {part: name for name, part in PARTS.items()}
                self.add_error(names.get(wrong.part), str(wrong))
        return given

    def typed(self, given: Mapping[str, Any]) -> dict[str, str | bool]:
        """The need as somebody would have typed it."""
        return {part: _typed(given.get(name)) for name, part in PARTS.items()}


def _typed(value: object) -> str | bool:
    """A field as somebody would have typed it."""
    return value if isinstance(value, bool) else str(value or "")
