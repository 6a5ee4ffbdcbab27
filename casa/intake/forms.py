"""The one form of the room."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casa.foundation.components.forms import FilesField, FilesInput
from casa.intake.formats import choosable
from casa.registry.models import Office


class UploadForm(forms.Form):
    """Several files for one office of the body acted for."""

    office = forms.ModelChoiceField(
        label=_("Ufficio"),
        help_text=_("L'ufficio a cui i file appartengono, anche quando le persone cambiano."),
        queryset=Office.objects.none(),
    )
    documents = FilesField(
        label=_("File"),
        allow_empty_file=True,  # the inspection says that it is empty, and the others are kept
        widget=FilesInput(attrs={"accept": choosable()}),
        error_messages={"required": _("Scegli almeno un file.")},
    )

    def __init__(
        self, *args: Any, offices: QuerySet[Office], turned_away: list[str], **kwargs: Any
    ) -> None:
        """`turned_away`: the sentences about files that were dropped while they arrived."""
        super().__init__(*args, **kwargs)
        office = cast("forms.ModelChoiceField[Office]", self.fields["office"])
        office.queryset, office.initial, office.empty_label = offices, offices.first(), None
        if turned_away:
            self.fields["documents"].error_messages["required"] = " ".join(turned_away)
