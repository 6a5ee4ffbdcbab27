"""Title, codes and officers of a dossier."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casa.dossier.forms.codes import CodeField
from casa.dossier.models.dossiers import CUI
from casa.registry.models import Person


class OfficerField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Who may be an officer, and who is one without a mandate any more."""

    def label_from_instance(self, person: Any) -> str:
        if getattr(person, "in_office", True):
            return str(person.full_name)
        return str(_("%s (incarico cessato)") % person.full_name)


class DataForm(forms.Form):
    """An empty CIG is still to be acquired. Each body names its own officer alone."""

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
    rup = OfficerField(
        label=_("Responsabile unico del progetto (RUP)"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Non ancora nominato"),
    )
    rup_gara = OfficerField(
        label=_("RUP dell'affidamento nella Stazione Unica Appaltante"),
        help_text=_("Lo nomina la Stazione Unica Appaltante; il RUP del Comune resta."),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Non ancora nominato"),
    )

    def __init__(
        self,
        *args: Any,
        owners: "QuerySet[Person] | None",
        supporters: "QuerySet[Person] | None",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("rup", owners)
        self._offer("rup_gara", supporters)

    def _offer(self, name: str, people: "QuerySet[Person] | None") -> None:
        field = self.fields[name]
        if people is None:
            del self.fields[name]
        elif isinstance(field, forms.ModelChoiceField):
            field.queryset = people
