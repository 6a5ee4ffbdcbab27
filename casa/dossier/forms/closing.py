"""How a tender ended, what of it is shared, and what others are like it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casa.dossier.models import Closing
from casa.foundation.components.forms import Fieldset
from casa.library.models.choices import Audience, Criterion


class ClosingForm(forms.Form):
    """The end of a dossier."""

    esito = forms.ChoiceField(
        label=_("Come è finita"), choices=Closing.Outcome, widget=forms.RadioSelect
    )
    motivo = forms.CharField(
        label=_("Perché, se non c'è stata aggiudicazione"),
        help_text=_("Per esempio: nessuna offerta. Non scrivere nomi: chi condivide lo pubblica."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    offerte = forms.IntegerField(
        label=_("Quante offerte sono arrivate"),
        help_text=_("Solo il numero. Vuoto se non lo sai."),
        min_value=0,
        max_value=1000,
        required=False,
    )
    ribasso = forms.DecimalField(
        label=_("Ribasso di chi ha vinto, in percentuale"),
        help_text=_("Per esempio 12,5. Vuoto se non lo sai o se non c'era."),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    criterio = forms.ChoiceField(
        label=_("Come si sono confrontate le offerte"),
        choices=[("", _("Non lo so, o non c'era confronto")), *Criterion.choices],
        required=False,
    )
    ricorsi = forms.IntegerField(
        label=_("Quanti ricorsi ci sono stati"),
        help_text=_("Solo il numero, 0 se nessuno. Vuoto se non lo sai. Mai i nomi."),
        min_value=0,
        max_value=1000,
        required=False,
    )


class SharingForm(forms.Form):
    """What is published of a closed dossier. Only documents that are ready are offered."""

    fieldsets = [
        Fieldset(_("Che cosa pubblicare"), ["documenti"]),
        Fieldset(_("La scheda in biblioteca"), ["titolo", "oggetto", "lettori"]),
        Fieldset(_("Conferma"), ["conferma"]),
    ]

    documenti = forms.MultipleChoiceField(
        label=_("Documenti pronti"),
        help_text=_(
            "Si pubblica solo la copia ripulita. Senza documenti si condividono solo le cifre."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _(
                "Uno dei documenti scelti non ha più una copia ripulita pronta: guarda l'elenco."
            )
        },
    )
    titolo = forms.CharField(label=_("Titolo"), max_length=200)
    oggetto = forms.CharField(
        label=_("A che cosa serve"),
        help_text=_("In una o due frasi, per chi prepara una gara simile."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    lettori = forms.ChoiceField(
        label=_("Chi può leggerla"),
        choices=[(one.value, one.label) for one in (Audience.PUBLIC, Audience.NETWORK)],
        widget=forms.RadioSelect,
    )
    conferma = forms.BooleanField(
        label=_("Ho guardato le copie: non dicono chi sono le persone né chi ha partecipato"),
        error_messages={"required": _("Guarda le copie ripulite e conferma prima di inviare.")},
    )

    def __init__(self, *args: Any, ready: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["documenti"].choices = ready  # type: ignore[attr-defined]
        if not ready:
            del self.fields["documenti"]
