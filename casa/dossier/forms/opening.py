"""A new dossier: the questions of «Quale procedura», what it is called and who helps."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casa.foundation.components.forms import DateInput, Fieldset
from casa.guide.choosing.advice import LABELS
from casa.guide.forms.choosing import NeedForm
from casa.registry.models import Body


class NewDossierForm(NeedForm):
    """One purchase and its dossier. `need` is there once the form is valid.

    Without a procedure of their own people get the one that the guide prefers.
    """

    fieldsets = [
        Fieldset(_("Che cosa serve"), ["oggetto", *NeedForm.fieldsets[0].fields]),
        Fieldset(_("Chi compra e chi aiuta"), ["qualificazione", "aiuto", "entro"]),
        *NeedForm.fieldsets[2:],
        Fieldset(
            _("Un'altra procedura, se serve"),
            ["procedura", "motivo"],
            _("Lascia così perché la scelga la guida."),
        ),
    ]

    oggetto = forms.CharField(
        label=_("Oggetto"),
        help_text=_("Come lo chiamerai negli atti, per esempio «Refezione scolastica 2027-2029»."),
        max_length=200,
    )
    aiuto = forms.ModelChoiceField(
        label=_("Chi conduce la gara al posto tuo"),
        help_text=_("La Stazione Unica Appaltante della Provincia, se la gara la fa lei."),
        queryset=Body.objects.none(),
        required=False,
        empty_label=_("Nessuno: facciamo da soli"),
    )
    entro = forms.DateField(label=_("Contratto voluto entro il"), required=False, widget=DateInput)
    procedura = forms.ChoiceField(
        label=_("Procedura"),
        choices=[("", _("Quella che indica la guida")), *LABELS.items()],
        required=False,
    )
    motivo = forms.CharField(
        label=_("Perché questa procedura"),
        help_text=_("Serve per quelle che la legge ammette solo in certi casi: scrivi quale caso."),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, helpers: "QuerySet[Body]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["aiuto"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = helpers
