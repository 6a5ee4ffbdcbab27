"""The people and the offices of a body."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casa.registry.forms.entrance import AcceptForm
from casa.registry.models import Office


class RoleForm(AcceptForm):
    """Another role or another office for the same person."""


class ReasonForm(forms.Form):
    """Why something weighty is done."""

    reason = forms.CharField(
        label=_("Motivo"),
        help_text=_("Resta nel registro delle attività e lo legge la persona."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OfficeForm(forms.ModelForm[Office]):
    """The name and the mailbox of an office."""

    class Meta:
        model = Office
        fields = ["name", "email"]
        help_texts = {"email": _("Facoltativo: una casella dell'ufficio, non di una persona.")}

    def _post_clean(self) -> None:
        """The service writes the row; the form only checks what was typed."""

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def values(self) -> dict[str, Any]:
        """What the services of offices take."""
        return {"name": self.cleaned_data["name"], "email": self.cleaned_data["email"]}
