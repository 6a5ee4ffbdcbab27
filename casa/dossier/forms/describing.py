"""Title, codes and officers of a dossier."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casa.dossier.forms.codes import CodeField
from casa.dossier.models.dossiers import CUI
from casa.registry.models import Person


class DataForm(forms.Form):
    """An empty CIG is still to be acquired."""

    oggetto = forms.CharField(label=_("Oggetto"), max_length=200)
    cig = CodeField(
        "CIG",
        help_text=_("Si acquisisce con la pubblicazione: fino ad allora lascialo vuoto."),
        required=False,
    )
    cup = CodeField(
        "CUP",
        help_text=_("Solo se è un investimento pubblico."),
        required=False,
    )
    cui = forms.CharField(
        label="CUI",
        help_text=_("Il codice del programma triennale, se l'acquisto ci sta."),
        max_length=21,
        required=False,
        validators=[CUI],
    )
    rup = forms.ModelChoiceField(
        label=_("Responsabile unico del progetto (RUP)"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Non ancora nominato"),
    )
    rup_gara = forms.ModelChoiceField(
        label=_("RUP dell'affidamento nella Stazione Unica Appaltante"),
        help_text=_("Lo nomina la Stazione Unica Appaltante; il RUP del Comune resta."),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Non ancora nominato"),
    )

    def __init__(
        self,
        *args: Any,
        owners: "QuerySet[Person]",
        supporters: "QuerySet[Person] | None",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("rup", owners)
        if supporters is None:
            del self.fields["rup_gara"]
        else:
            self._offer("rup_gara", supporters)

    def _offer(self, name: str, people: "QuerySet[Person]") -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = people
