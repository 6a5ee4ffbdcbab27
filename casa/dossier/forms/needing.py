"""The need of a dossier, as it was told to the guide."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from casa.dossier.models import Dossier
from casa.foundation.components.forms import Fieldset
from casa.guide.forms.choosing import LEVELS, NeedForm

GONE = ("tipo", "opzioni", "rinnovi", "lotti", "ordine")
CASES = {
    "urgente": "urgent",
    "pnrr": "pnrr",
    "transfrontaliero": "cross_border",
    "sociale": "social",
}


class ToldForm(NeedForm):
    """What may change of a need. Its kind stays, and its lots: they are the amount.

    `need` is there once the form is valid.
    """

    fieldsets = [
        Fieldset(_("Che cosa serve"), ["importo", "cpv", "giorno"]),
        Fieldset(_("Chi compra"), ["qualificazione"]),
        Fieldset(_("Casi particolari"), list(CASES)),
    ]

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossier = dossier
        self.has_lots = bool(dossier.lots.all())
        gone = [*GONE, *(["importo"] if self.has_lots else [])]
        gone += [] if dossier.kind == "services" else ["sociale"]
        for name in gone:
            del self.fields[name]
        self.fields["giorno"].required = True
        self.fields["giorno"].help_text = _("Decide quali soglie valgono.")
        if not dossier.qualification:  # nobody asked yet: it is told, not supposed
            level = cast("forms.ChoiceField", self.fields["qualificazione"])
            level.choices, level.required = [("", _("Scegli")), *LEVELS], True
        if "importo" in self.fields:
            self.fields["importo"].help_text = _("Per tutta la durata, con opzioni e rinnovi.")

    def typed(self, given: Mapping[str, Any]) -> dict[str, str | bool]:
        """The need with what the dossier says of it already."""
        found = super().typed(given)
        found |= {
            "kind": self.dossier.kind,
            "call_off": self.dossier.procedure == "framework_call_off",
        }
        if self.has_lots:
            found["amount"] = str(self.dossier.amount)
        return found


def told_now(dossier: Dossier) -> dict[str, object]:
    """What the dossier says now."""
    cases = {name: getattr(dossier, field) for name, field in CASES.items()}
    return {
        "importo": f"{dossier.amount:.2f}".replace(".", ","),
        "cpv": dossier.cpv,
        "giorno": dossier.notice_on,
        "qualificazione": dossier.qualification,
        **cases,
        "sociale": dossier.social or dossier.procedure == "social_light_regime",
    }
