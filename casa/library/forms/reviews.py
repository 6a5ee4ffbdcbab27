"""The reviewer's checklist and reasons."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casa.intake.models import Finding
from casa.library import services

QUESTIONS = (
    ("match", _("Titolo, tipo e oggetto della scheda corrispondono al testo")),
    ("read", _("Ho letto il testo per intero")),
    ("norms", _("Le norme citate sono in vigore alla data «vale dal»")),
    ("personal_data", _("Non restano dati personali né nomi di imprese del caso concreto")),
    ("changes", _("«Che cosa cambia» e «perché» bastano a chi lo riusa")),
)

MISSING = _("Per pubblicare serve anche questo; altrimenti rimanda il testo all'autore.")


class ReviewForm(forms.Form):
    """One box per question, one reason per warning, and a note to the author."""

    def __init__(self, *args: Any, warnings: Iterable[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, question in QUESTIONS:
            self.fields[f"check_{code}"] = forms.BooleanField(label=question, required=False)
        for finding in warnings:
            self.fields[f"waive_{finding.pk}"] = forms.CharField(
                label=_("Perché si può accettare: %(message)s") % {"message": finding.message},
                required=False,
                max_length=500,
            )
        self.fields["note"] = forms.CharField(
            label=_("Nota per l'autore"),
            help_text=_("Obbligatoria se rimandi il testo: scrivi che cosa correggere."),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    def demand_all(self) -> bool:
        """Whether every point is ticked; each that is not gets its own mistake."""
        missing = [code for code, _ in QUESTIONS if not self.cleaned_data[f"check_{code}"]]
        for code in missing:
            self.add_error(f"check_{code}", MISSING)
        return not missing

    def checklist(self) -> list[services.Answer]:
        return [
            services.Answer(str(question), yes=self.cleaned_data[f"check_{code}"])
            for code, question in QUESTIONS
        ]

    def waivers(self) -> list[services.Waiver]:
        reasons = (
            (name.removeprefix("waive_"), reason)
            for name, reason in self.cleaned_data.items()
            if name.startswith("waive_")
        )
        return [services.Waiver(finding, reason) for finding, reason in reasons if reason]
