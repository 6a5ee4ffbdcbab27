"""Which clauses are compulsory, and on what ground."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casa.library.models import Obligation
from casa.library.queries.obligations import Marked

FREE = ("", _("libera"))


class ObligeForm(forms.Form):
    """Several clauses, one word for them and one ground. The page draws the boxes in its table."""

    clauses = forms.MultipleChoiceField(
        label=_("Clausole"),
        error_messages={"required": _("Scegli almeno una clausola nella tabella.")},
    )
    kind = forms.ChoiceField(
        label=_("Le clausole scelte sono"),
        choices=[*Obligation.Kind.choices, FREE],
        widget=forms.RadioSelect,
        required=False,
        initial=Obligation.Kind.LAW,
    )
    reason = forms.CharField(
        label=_("Norma o motivo"),
        help_text=_(
            "Per esempio «art. 119 del D.Lgs. 36/2023». Lo legge chiunque legga il testo o una "
            "sua copia. Per una clausola libera non serve."
        ),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, clauses: Iterable[Marked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clauses"].choices = [(row.key, row.title) for row in clauses]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") and not data.get("reason") and "reason" not in self.errors:
            self.add_error(
                "reason",
                _("Scrivi la norma o il motivo: chi adatta il testo deve poterlo leggere."),
            )
        return data
