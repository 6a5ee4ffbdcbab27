"""Bringing a CSV file of bodies and persons in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.registry.services.people_import.rows import MOST_BYTES


class ImportForm(forms.Form):
    """The file, and whether those who are new get a mail."""

    file = forms.FileField(
        label=gettext_lazy("File CSV"),
        help_text=gettext_lazy("Fino a 5.000 righe e 2 MB, con i titoli del modello."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    by_mail = forms.BooleanField(
        label=gettext_lazy("Scrivi per e-mail alle persone nuove come entrare"), required=False
    )

    def clean_file(self) -> UploadedFile[Any]:
        """The size is looked at before the file is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("Il file supera 2 MB. Dividilo in più file."))
        return file
