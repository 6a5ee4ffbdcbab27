"""What is typed about a kit: its card, one thing more, a decision."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from casa.library import services
from casa.library.models import Entry, Kit, Version
from casa.registry.actor import Actor
from casa.registry.models import Pillar
from casa.search.models import IndexCard


class KitForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no argument when it runs
    """The card of a kit."""

    class Meta:
        model = Kit
        fields = ("title", "object", "pillar", "office", "audience")
        widgets = {"object": forms.Textarea(attrs={"rows": 3}), "audience": forms.RadioSelect}
        help_texts = {
            "title": _("Il caso, come lo direbbe un collega. Esempio: Affidare la mensa."),
            "object": _("Una o due frasi: quando si usa e fin dove arriva."),
            "office": _("Il kit appartiene all'ufficio, non alla persona."),
        }

    def __init__(self, *args: Any, offices: Any, audiences: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        self.fields["audience"].choices = audiences  # type: ignore[attr-defined]
        self.fields["pillar"].queryset = Pillar.objects.filter(in_use=True).order_by("position")  # type: ignore[attr-defined]

    def card(self) -> services.KitCard:
        """The valid card, for the services."""
        return services.KitCard(**self.cleaned_data)


class KitItemForm(forms.Form):
    """One thing more: its address as copied from the browser, and what it is for."""

    address = forms.CharField(
        label=_("Indirizzo della pagina"),
        help_text=_(
            "Copialo dal browser. Con l'indirizzo di una versione numerata il kit tiene quella; "
            "con quello della scheda segue sempre la versione in vigore."
        ),
        max_length=400,
    )
    note = forms.CharField(
        label=_("A che cosa serve in questo caso"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if address := data.get("address"):
            try:
                data["found"] = self._found(urlsplit(address.strip()).path)
            except ValidationError as mistake:
                self.add_error("address", mistake)
        return data

    def line(self) -> services.KitLine:
        """The valid line, for the services."""
        found = self.cleaned_data["found"]
        note = self.cleaned_data["note"]
        if isinstance(found, IndexCard):
            return services.KitLine(note=note, key=found.key, label=found.title)
        if isinstance(found, Version):
            return services.KitLine(note=note, entry=found.entry, version=found)
        return services.KitLine(note=note, entry=found)

    def _found(self, path: str) -> Entry | Version | IndexCard:
        name, words = _resolved(path)
        found: Entry | Version | IndexCard | None
        if name in {"library:entry", "library:version"}:
            entries = Entry.objects.visible_to(self.actor).offered().filter(slug=words["slug"])
            found = entries.first()
            if name == "library:version":
                versions = Version.objects.visible_to(self.actor).published()
                numbered = versions.filter(entry__in=entries, number=words["number"])
                found = numbered.select_related("entry").first()
        else:
            found = IndexCard.objects.visible_to(self.actor).filter(url=path).first()
        if found is None:
            raise ValidationError(_("A questo indirizzo non c'è nulla di pubblicato."))
        return found


class KitReviewForm(forms.Form):
    """The reviewer's word to the author."""

    note = forms.CharField(
        label=_("Nota per l'autore"),
        help_text=_("Obbligatoria se rimandi il kit: scrivi che cosa correggere."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class KitWithdrawalForm(forms.Form):
    """Why a kit is taken back."""

    reason = forms.CharField(
        label=_("Perché lo ritiri"),
        help_text=_("Lo legge chi arriva al kit da un vecchio indirizzo."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _resolved(path: str) -> tuple[str, dict[str, Any]]:
    """The name of the page at this address, and what its address says."""
    try:
        match = resolve(path if path.endswith("/") else f"{path}/")
    except Resolver404:
        return "", {}
    return match.view_name, match.kwargs
