"""A version: its files, what changes, why, from when and for whom."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from casa.foundation.templatetags.casa import file_size
from casa.intake.models import Upload
from casa.library import services
from casa.library.models import Version

NARROWING = _(
    "Vale per tutta la scheda: se la restringi, chi resta fuori non legge più nemmeno le versioni "
    "precedenti."
)


def told_apart(upload: Upload) -> str:
    """A file's name with what tells two of the same name apart."""
    on = date_format(timezone.localtime(upload.received_at), "j F Y, H:i")
    return f"{upload.name} ({upload.format.upper()}, {file_size(upload.size)}, {on})"


class UploadField(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes no argument when it runs
    def label_from_instance(self, obj: Upload) -> str:
        return told_apart(obj)


class UploadsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # takes no argument when it runs
    def label_from_instance(self, obj: Upload) -> str:
        return told_apart(obj)


class VersionForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no argument when it runs
    """`uploads` are the cleared files that are free; `audiences` pairs of code and sentence."""

    heading = _("La versione")

    main = UploadField(
        label=_("File con il testo principale"),
        queryset=Upload.objects.none(),
        help_text=_("È il testo che si legge nella pagina e che la ricerca trova per articolo."),
        empty_label=_("Scegli un file"),
    )
    annexes = UploadsField(
        label=_("Allegati"),
        queryset=Upload.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Version
        fields = ("changes", "why", "effective_on", "audience")
        widgets = {
            "changes": forms.Textarea(attrs={"rows": 4}),
            "why": forms.Textarea(attrs={"rows": 3}),
            "effective_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "audience": forms.RadioSelect,
        }
        help_texts = {
            "changes": _(
                "Per la prima versione: che cosa contiene. Poi: gli articoli cambiati e come."
            ),
            "why": _("La norma, la sentenza o l'esperienza che ha fatto cambiare il testo."),
            "effective_on": _("Il giorno da cui questo testo si può usare."),
        }

    field_order = ("main", "annexes", "changes", "why", "effective_on", "audience")

    def __init__(
        self,
        *args: Any,
        uploads: QuerySet[Upload],
        audiences: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["main"].queryset = uploads  # type: ignore[attr-defined]
        self.fields["annexes"].queryset = uploads  # type: ignore[attr-defined]
        self.fields["audience"].choices = audiences  # type: ignore[attr-defined]
        self.fields["audience"].help_text = NARROWING

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("main") and data["main"] in data.get("annexes", ()):
            raise ValidationError(
                {"annexes": _("Il file del testo principale non può essere anche un allegato.")}
            )
        return data

    def proposal(self) -> services.Proposal:
        """The valid proposal, for the services."""
        data = self.cleaned_data
        return services.Proposal(
            changes=data["changes"],
            why=data["why"],
            effective_on=data["effective_on"],
            audience=data["audience"],
            uploads=[data["main"], *data["annexes"]],
        )
