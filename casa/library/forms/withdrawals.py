"""Taking an entry back."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casa.library.models import Entry
from casa.registry.actor import Actor


class WithdrawalForm(forms.Form):
    """Why, and what takes its place: the address of another entry, as copied from the browser."""

    reason = forms.CharField(
        label=_("Perché la ritiri"),
        help_text=_("Lo legge chi arriva alla scheda da un vecchio indirizzo."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    successor = forms.CharField(
        label=_("Scheda che la sostituisce"),
        help_text=_("Incolla l'indirizzo della pagina, se c'è."),
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_successor(self) -> Entry | None:
        address = self.cleaned_data["successor"].strip().rstrip("/")
        if not address:
            return None
        slug = address.rsplit("/", maxsplit=1)[-1]
        entry = Entry.objects.visible_to(self.actor).offered().filter(slug=slug).first()
        if entry is None:
            raise ValidationError(_("A questo indirizzo non c'è una scheda pubblicata."))
        return entry
