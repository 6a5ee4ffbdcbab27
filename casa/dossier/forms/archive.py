"""The archive of a dossier, to bring it back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ArchiveForm(forms.Form):
    """One ZIP, as the page «Archivio» gave it."""

    archivio = forms.FileField(
        label=_("Archivio del fascicolo (ZIP)"),
        help_text=_("Il file scaricato dalla pagina «Archivio», senza aprirlo e ricomprimerlo."),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={"required": _("Scegli il file ZIP dell'archivio.")},
    )

    def __init__(self, *args: Any, turned_away: list[str], **kwargs: Any) -> None:
        """`turned_away`: the sentences about a file that was dropped while it arrived."""
        super().__init__(*args, **kwargs)
        if turned_away:
            self.fields["archivio"].error_messages["required"] = " ".join(turned_away)
