"""The card of an entry."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casa.foundation.components.forms import Fieldset
from casa.library import services
from casa.library.models import Entry
from casa.registry.models import Pillar

CPV_CODE = re.compile(r"^(\d{8})(?:-\d)?$")


class ListField(forms.CharField):
    """Several short texts, one per line."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        return [line for line in lines if line]


class CpvField(ListField):
    """CPV codes of eight digits, one per line or separated by spaces or commas."""

    def clean(self, value: Any) -> list[str]:
        codes = []
        for word in re.split(r"[\s,;]+", " ".join(super().clean(value))):
            if not word:
                continue
            if not (match := CPV_CODE.match(word)):
                raise ValidationError(
                    _("«%(code)s» non è un codice CPV: servono otto cifre, per esempio 55524000."),
                    params={"code": word},
                )
            codes.append(match.group(1))
        return list(dict.fromkeys(codes))


class CardForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no argument when it runs
    """Every field of the card is a filter of the library (feature B1)."""

    heading = _("La scheda")
    fieldsets = (
        Fieldset(_("Che cos'è"), ("title", "kind", "object", "pillar", "office")),
        Fieldset(
            _("In quale gara si usa"),
            (
                "procedure_type",
                "contract_type",
                "criterion",
                "amount_band",
                "phase",
                "cpv_codes",
                "norms",
            ),
        ),
    )

    cpv_codes = CpvField(
        label=_("Codici CPV"),
        required=False,
        help_text=_("Uno per riga, otto cifre. Esempio: 55524000."),
    )
    norms = ListField(
        label=_("Norme su cui si basa"),
        required=False,
        help_text=_("Una per riga. Esempio: art. 50, c. 1, lett. b), d.lgs. 36/2023."),
    )

    class Meta:
        model = Entry
        fields = (
            "title",
            "kind",
            "object",
            "pillar",
            "office",
            "procedure_type",
            "contract_type",
            "criterion",
            "amount_band",
            "phase",
            "cpv_codes",
            "norms",
            "tags",
            "licence",
        )
        widgets = {
            "object": forms.Textarea(attrs={"rows": 3}),
            "tags": forms.CheckboxSelectMultiple,
        }
        labels = {"office": _("Ufficio")}
        help_texts = {
            "title": _(
                "Come lo cercherebbe un collega. Esempio: Disciplinare per la mensa scolastica."
            ),
            "object": _("Una o due frasi: in quale caso si usa e che cosa contiene."),
            "office": _("La scheda appartiene all'ufficio, non alla persona."),
            "licence": _("A quali condizioni gli altri enti possono riusarla."),
        }

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        self.fields["pillar"].queryset = Pillar.objects.filter(in_use=True).order_by("position")  # type: ignore[attr-defined]
        if not self.fields["tags"].queryset.exists():  # type: ignore[attr-defined]
            del self.fields["tags"]

    def card(self) -> services.Card:
        """The valid card, for the services."""
        data = {**self.cleaned_data, "tags": list(self.cleaned_data.get("tags", []))}
        return services.Card(**data)
