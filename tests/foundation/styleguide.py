"""Pages that hold every component of the house. They exist only in tests."""

from datetime import timedelta
from pathlib import Path

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from casa.foundation.components import facets
from casa.foundation.components.forms import DateInput, Fieldset, FilesField

TEMPLATES = Path(__file__).parent / "templates"
COUNTS = {"kind": {"model": 30, "clause": 12}, "pillar": {"sua": 40, "sape": 2}}
LABELS = {
    "model": "Modello",
    "clause": "Clausola",
    "sua": "Stazione Unica Appaltante",
    "sape": "Europa",
}


class EveryField(forms.Form):
    """One of each."""

    title = forms.CharField(label="Titolo", help_text="Al massimo 200 caratteri.", max_length=200)
    email = forms.EmailField(
        label="E-mail dell'ufficio", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    password = forms.CharField(
        label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    kind = forms.ChoiceField(label="Tipo", choices=[("", "Scegli il tipo"), ("model", "Modello")])
    text = forms.CharField(label="A che cosa serve", widget=forms.Textarea(attrs={"rows": 3}))
    day = forms.DateField(label="Vale dal", widget=DateInput())
    audience = forms.ChoiceField(
        label="Chi può leggerla",
        help_text="Puoi cambiarlo dopo.",
        widget=forms.RadioSelect,
        choices=[("public", "Tutti"), ("body", "Solo il mio ente")],
    )
    tags = forms.MultipleChoiceField(
        label="Temi",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "Strade"), ("b", "Scuole")],
    )
    phases = forms.MultipleChoiceField(
        label="Fasi", required=False, choices=[("a", "Progettazione"), ("b", "Esecuzione")]
    )
    amount = forms.DecimalField(label="Importo in euro", required=False)
    files = FilesField(label="Allegati", required=False)
    sure = forms.BooleanField(label="Confermo che il testo si può condividere")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)
    fieldsets = (
        Fieldset("Che cosa", ("title", "kind", "text"), "Serve a chi cerca."),
        Fieldset("Chi e quando", ("audience", "day")),
    )


def components(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Salvato.")
    messages.error(request, "Il file non si apre.")
    made = [
        facets.facet(name, name.title(), counts, LABELS, request.GET)
        for name, counts in COUNTS.items()
    ]
    context = {
        "crumbs": [("Biblioteca", "/biblioteca/"), ("Guida di stile", "")],
        "facets": made,
        "chips": facets.chips(made),
        "page": Paginator(range(200), 10).get_page(request.GET.get("pagina")),
        "facts": [
            "Versione 4",
            "rivista il 3 marzo 2026",
            "",
            "da riconfermare entro il 3 marzo 2027",
        ],
        "actions": [("Ritira la scheda", "/r/"), ("Prepara una nuova versione", "/n/")],
        "pairs": [("Ente", "Comune di prova", "/e/"), ("CPV", ""), ("Licenza", "CC BY 4.0")],
        "since": timezone.now() - timedelta(days=6),
    }
    return render(request, "styleguide/page.html", context)


def form(request: HttpRequest) -> HttpResponse:
    bound = EveryField(request.POST, request.FILES) if request.method == "POST" else EveryField()
    context = {"form": bound, "crumbs": [("Modulo di prova", "")]}
    return render(request, "styleguide/form.html", context, status=422 if bound.errors else 200)


def confirm(request: HttpRequest) -> HttpResponse:
    context = {
        "question": "Ritirare la scheda?",
        "consequence": "Chi ha l'indirizzo la trova ancora, con il motivo; nessuno potrà più riusarla.",
        "verb": "Ritira la scheda",
        "cancel_url": "/guida-di-stile/",
    }
    return render(request, "foundation/confirm.html", context)


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError
