"""Bringing an archive in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.library.services.importing.rows import MOST_BYTES


class ArchiveForm(forms.Form):
    """The manifest and, for network managers, whether to publish what nobody reviewed."""

    file = forms.FileField(
        label=gettext_lazy("File CSV"),
        help_text=gettext_lazy("Fino a 10.000 righe e 10 MB, con i titoli del modello."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    publishes = forms.BooleanField(
        label=gettext_lazy("Pubblica subito, senza revisione"),
        help_text=gettext_lazy("Ogni pagina dirà che il testo non è stato rivisto."),
        required=False,
    )

    def __init__(self, *args: Any, may_publish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_publish:
            del self.fields["publishes"]

    def clean_file(self) -> UploadedFile[Any]:
        """The size is looked at before the file is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("Il file supera 10 MB. Dividilo in più file."))
        return file
