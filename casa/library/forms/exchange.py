"""What one writes to exchange texts with another installation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class TrustForm(forms.Form):
    """Whose bundles are taken: its name here, its key, and the fingerprint that was read aloud."""

    name = forms.CharField(
        label=_("Nome dell'altra installazione"),
        help_text=_("Come la chiamerete qui. Con un nome già in elenco si cambia la sua chiave."),
        max_length=120,
    )
    key = forms.CharField(
        label=_("La sua chiave"),
        help_text=_("La riga che comincia con «casa:», copiata dalla sua pagina «Scambio»."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    fingerprint = forms.CharField(
        label=_("La sua impronta"),
        help_text=_(
            "Otto gruppi di quattro segni. Fatteli leggere al telefono, o chiedili per PEC: non "
            "prenderli da dove hai preso la chiave."
        ),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class BundleForm(forms.Form):
    """The bundle that arrived."""

    file = forms.FileField(
        label=_("Il pacchetto"),
        help_text=_("Un file .zip esportato da un'altra installazione. Prima vedi che cosa porta."),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )


class BringForm(forms.Form):
    """Whether what was reviewed elsewhere needs no second review here."""

    publishes = forms.BooleanField(
        label=_("Pubblica subito ciò che altrove è stato rivisto"),
        help_text=_(
            "Senza, la versione più recente di ogni scheda va in revisione da un'altra persona. "
            "Con, entra tutta la storia e ogni pagina dice che qui nessuno l'ha rivista."
        ),
        required=False,
    )


class WordsForm(forms.Form):
    """Which entries to choose from."""

    parole = forms.CharField(
        label=_("Parole del titolo o nome dell'ente"), max_length=200, required=False
    )


class ChosenForm(forms.Form):
    """The entries to take out, by their address."""

    entries = forms.MultipleChoiceField(
        label=_("Schede"), error_messages={"required": _("Scegli almeno una scheda.")}
    )

    def __init__(self, *args: Any, slugs: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entries"].choices = [(slug, slug) for slug in slugs]  # type: ignore[attr-defined]
