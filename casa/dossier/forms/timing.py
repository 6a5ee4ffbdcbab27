"""How the days of a tender are counted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casa.dossier.timeline import LONGEST, Saint
from casa.foundation.components.forms import DateInput, Fieldset
from casa.guide.choosing.saying import MONTHS

WAYS = (
    ("indietro", _("All'indietro, dal giorno in cui si vuole firmare")),
    ("avanti", _("In avanti, dal giorno in cui si comincia")),
)


class PlanForm(forms.Form):
    """From which day the others are counted, and what changes the terms."""

    fieldsets = [
        Fieldset(_("Da dove si conta"), ["verso", "giorno"]),
        Fieldset(
            _("Che cosa cambia i termini"), ["urgenza", "preinformazione", "prezzo", "indagine"]
        ),
        Fieldset(
            _("Festa del patrono"),
            ["patrono_giorno", "patrono_mese"],
            _("Sposta i giorni d'ufficio, non i termini di legge. Se non serve, lascia vuoto."),
        ),
    ]

    verso = forms.ChoiceField(label=_("Come si conta"), choices=WAYS, widget=forms.RadioSelect)
    giorno = forms.DateField(label=_("Giorno della firma, o d'inizio"), widget=DateInput)
    urgenza = forms.BooleanField(
        label=_("C'è un'urgenza motivata negli atti: valgono i termini più brevi"), required=False
    )
    preinformazione = forms.DateField(
        label=_("Avviso di preinformazione mandato il"),
        help_text=_("Se era da 35 giorni a 12 mesi prima del bando, il termine è più breve."),
        required=False,
        widget=DateInput,
    )
    prezzo = forms.BooleanField(label=_("Si aggiudica al prezzo più basso"), required=False)
    indagine = forms.BooleanField(
        label=_("Prima si pubblica un avviso di indagine di mercato"), required=False
    )
    patrono_giorno = forms.IntegerField(
        label=_("Giorno"), min_value=1, max_value=31, required=False
    )
    patrono_mese = forms.TypedChoiceField(
        label=_("Mese"),
        choices=[("", "---------"), *enumerate(MONTHS, start=1)],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, survey: bool, noticed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, has in (("indagine", survey), ("preinformazione", noticed)):
            if not has:
                del self.fields[name]

    @property
    def saint(self) -> Saint | None:
        """Day and month of the patron saint."""
        day, month = (self.cleaned_data.get(f"patrono_{name}") for name in ("giorno", "mese"))
        return (day, month) if day and month else None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if bool(given.get("patrono_giorno")) != bool(given.get("patrono_mese")):
            self.add_error("patrono_giorno", _("Del patrono servono giorno e mese, o nessuno."))
        return given


class OneDayForm(forms.Form):
    """One day, or how long it takes to get there; what is empty the platform counts."""

    giorno = forms.DateField(
        label=_("Data voluta"),
        help_text=_("Lasciala vuota perché la conti la piattaforma."),
        required=False,
        widget=DateInput,
    )
    durata = forms.IntegerField(
        label=_("Quanti giorni"), min_value=0, max_value=LONGEST, required=False
    )

    def __init__(self, *args: Any, help_text: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if help_text:
            self.fields["durata"].help_text = help_text
        else:
            del self.fields["durata"]
