"""Asking to work for a body, deciding on it, inviting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casa.registry.models import Body, Mandate, Office
from casa.registry.services.bodies import NewBody

ROLE_HELP = _(
    "Lettura: legge ciò che è riservato all'ente. Redazione: carica e propone. "
    "Revisione: approva e pubblica. Amministrazione: gestisce le persone dell'ente."
)


OPENED = (Body.Kind.UNION, Body.Kind.OTHER)  # Provinces and Comuni come from ISTAT's list


class OfficeField(forms.ModelChoiceField[Office]):
    """One open office of a body, the default one first."""

    def __init__(self) -> None:
        super().__init__(queryset=Office.objects.none(), label=_("Ufficio"), empty_label=None)

    def offer(self, body: Body) -> None:
        """Let the offices of that body be chosen."""
        offices = Office.objects.filter(body=body, closed_on=None)
        self.queryset = offices.order_by("-is_default", "name")


class RoleField(forms.ChoiceField):
    """A role in a body, with what each may do."""

    def __init__(self, *, label: Any = None) -> None:
        super().__init__(
            choices=Mandate.Role.choices, label=label or _("Ruolo"), help_text=ROLE_HELP
        )


class AskForm(forms.Form):
    """Which role, and a few words for those who decide."""

    role = RoleField(label=_("Ruolo che ti serve"))
    message = forms.CharField(
        label=_("Chi sei e perché lo chiedi"),
        help_text=_("Per esempio: l'ufficio in cui lavori. Lo legge solo chi decide."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AskNewForm(AskForm):
    """The same for a body that is not here yet."""

    name = forms.CharField(
        label=_("Nome dell'ente"),
        help_text=_("Per intero, come nello statuto: «Unione dei Comuni della Valle…»."),
        max_length=200,
    )
    field_order = ["name", "role", "message"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        self.fields["message"].help_text = _(
            "L'ufficio in cui lavori, la Provincia dell'ente e il suo sito o la PEC: chi gestisce "
            "la rete controlla così che sia lui."
        )


class OpenBodyForm(forms.Form):
    """What is needed to open a body that is on no list of places."""

    name = forms.CharField(label=_("Nome dell'ente"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Tipo di ente"),
        choices=[(kind.value, kind.label) for kind in OPENED],
        initial=Body.Kind.OTHER,
    )
    province_body = forms.ModelChoiceField(
        label=_("Provincia che lo aiuta"),
        queryset=Body.objects.none(),
        required=False,
        empty_label=_("Nessuna"),
        help_text=_("Rivede i suoi testi finché l'ente non ha chi li rivede."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        provinces = Body.objects.in_use().filter(kind=Body.Kind.PROVINCE).by_name()
        self.fields["province_body"].queryset = provinces  # type: ignore[attr-defined]

    def new_body(self) -> NewBody:
        """What the service of bodies takes; the territory is that of the Province."""
        above = self.cleaned_data["province_body"]
        return NewBody(**self.cleaned_data, province=above.province if above else None)


class AcceptForm(forms.Form):
    """Where and as what a person will work."""

    office = OfficeField()
    role = RoleField()

    def __init__(self, *args: object, body: Body, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        self.fields["office"].offer(body)  # type: ignore[attr-defined]  # an OfficeField


class DeclineForm(forms.Form):
    """The reason of a no."""

    reason = forms.CharField(
        label=_("Motivo"),
        help_text=_("Lo legge chi ha fatto la richiesta."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class InviteForm(AcceptForm):
    """Whom to invite, where and as what."""

    email = forms.EmailField(
        label=_("Indirizzo e-mail"),
        help_text=_("Riceverà un collegamento che vale 14 giorni e una volta sola."),
    )
    field_order = ["email", "office", "role"]


class SwitchForm(forms.Form):
    """The key of the body to act for."""

    ente = forms.IntegerField(min_value=1, max_value=2**63 - 1)
