"""What a body says of an entry it uses: how far it is, and how it went."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casa.library.models import Adoption, Experience
from casa.library.services.adopting import InUse
from casa.registry.models import Office


class AdoptionForm(forms.Form):
    """«Lo usa il mio ente»."""

    state = forms.ChoiceField(
        label=_("A che punto siete?"), choices=Adoption.State.choices, widget=forms.RadioSelect
    )
    why = forms.CharField(
        label=_("Perché non lo usate più?"),
        help_text=_("Serve solo se non lo usate più: lo leggono gli altri enti."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    since = forms.DateField(
        label=_("Da quale giorno?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    evidence = forms.CharField(
        label=_("Una prova, se c'è"),
        help_text=_("Il numero dell'atto o l'indirizzo di una pagina: «det. 41/2026»."),
        required=False,
        max_length=300,
    )
    office = forms.ModelChoiceField(
        label=_("Quale ufficio lo usa"),
        help_text=_("Una volta all'anno gli chiediamo se è ancora vero."),
        queryset=Office.objects.none(),
        empty_label=None,
    )

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("state") == Adoption.State.STOPPED and not data.get("why", "").strip():
            self.add_error("why", _("Scrivi perché non lo usate più: serve a chi lo ha scritto."))
        if data.get("since") and data["since"] > timezone.localdate():
            self.add_error("since", _("Il giorno non è ancora arrivato: correggilo."))
        return data

    def said(self) -> InUse:
        """What the body says, as the service takes it."""
        data = self.cleaned_data
        stopped = data["state"] == Adoption.State.STOPPED
        return InUse(
            state=data["state"],
            since=data["since"],
            why=data["why"] if stopped else "",
            evidence=data["evidence"],
        )


class ExperienceForm(forms.Form):
    """«Ha funzionato?»."""

    outcome = forms.ChoiceField(
        label=_("Ha funzionato?"), choices=Experience.Outcome.choices, widget=forms.RadioSelect
    )
    why = forms.CharField(
        label=_("Com'è andata?"),
        help_text=_("Che cosa è servito, che cosa avete cambiato, che cosa mancava."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    office = forms.ModelChoiceField(
        label=_("Quale ufficio l'ha usato"), queryset=Office.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The authors' answer."""

    answer = forms.CharField(
        label=_("La vostra risposta"),
        help_text=_("La legge chiunque lavori in un ente della rete."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class EndorsementForm(forms.Form):
    """What an expert checked."""

    criteria = forms.CharField(
        label=_("Che cosa hai controllato?"),
        help_text=_(
            "Per esempio: le norme citate, i passaggi della procedura, l'uso in una gara vera. Lo "
            "leggono tutti, con il tuo nome, il tuo ente e la data."
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
