"""A document for a step."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casa.intake.models import Upload
from casa.library.forms.versions import UploadField


class PaperForm(forms.Form):
    """A model of the library or a file: one of the two."""

    modello = forms.ChoiceField(
        label=_("Modello della biblioteca"),
        help_text=_("Resta la versione di oggi, anche se poi ne esce una nuova."),
        required=False,
    )
    file = UploadField(
        label=_("Oppure un file già caricato"),
        help_text=_("I file del tuo ente che hanno passato i controlli."),
        queryset=Upload.objects.none(),
        required=False,
        empty_label=_("Nessun file"),
    )
    riservato = forms.BooleanField(
        label=_("Riservato fino alla scadenza delle offerte"),
        help_text=_(
            "Se dice chi è invitato o partecipa: fino ad allora lo legge solo chi conduce la gara."
        ),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        models: Sequence[tuple[str, Any]],
        files: "QuerySet[Upload]",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["modello"].choices = models  # type: ignore[attr-defined]
        self.fields["file"].queryset = files  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "modello" in data and "file" in data and bool(data["modello"]) == bool(data["file"]):
            raise ValidationError(
                _("Scegli un modello della biblioteca oppure un file, uno dei due.")
            )
        return data
