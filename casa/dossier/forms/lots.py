"""Object and CIG of each lot."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from casa.dossier.forms.codes import CodeField
from casa.dossier.models import Lot
from casa.foundation.components.forms import Fieldset


class LotsForm(forms.Form):
    """Two fields for each lot; an empty CIG is still to be acquired."""

    def __init__(self, *args: Any, lots: Sequence[Lot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fieldsets = []
        for lot in lots:
            title, cig = names_of(lot.number)
            self.fields[title] = forms.CharField(
                label=_("Oggetto del lotto %d") % lot.number,
                max_length=200,
                required=False,
                initial=lot.title,
            )
            self.fields[cig] = CodeField("CIG", required=False, initial=lot.cig)
            self.fields[cig].label = _("CIG del lotto %d") % lot.number
            self.fieldsets.append(Fieldset(str(lot), [title, cig]))


def names_of(number: int) -> tuple[str, str]:
    """The names of the two fields of a lot."""
    return f"oggetto_{number}", f"cig_{number}"
