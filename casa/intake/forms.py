"""The forms of the room: bringing files in, deciding what of one is shared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.foundation.components.forms import FilesField, FilesInput
from casa.intake.formats import choosable
from casa.intake.models import SharingDecision
from casa.intake.names import clean_name
from casa.intake.services import Choice
from casa.intake.sharing import Found
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


ACTION, WHY, WORDS = "scelta", "motivo", "parole"
SHORT = 24  # signs of a digest, as the name of a field
MOST_WORDS = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One datum with its fields; what a rule keeps asks for no reason."""

    found: Found
    action: BoundField
    why: BoundField | None
    words: BoundField | None

    @property
    def rule(self) -> str:
        """By which rule it may stay, in words."""
        return str(SharingDecision.Rule(self.found.rule).label) if self.found.rule else ""

    @property
    def is_open(self) -> bool:
        """The reason is shown at once where there is one, or where it is missing."""
        told = [field for field in (self.why, self.words) if field]
        return any(field.value() or field.errors for field in told)


class SharingForm(forms.Form):
    """For each datum: it goes or it stays, and why; then the copy's name and other words to remove.

    `chosen` are decisions taken before, by digest: the form begins with them.
    """

    extra = forms.CharField(
        label=_("Altre parole da togliere"),
        help_text=_(
            "Facoltativo: una per riga, come nomi o codici che il controllo non ha riconosciuto. "
            "Spariscono dovunque sono scritte così."
        ),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    name = forms.CharField(
        label=_("Nome della copia"),
        help_text=_("Senza estensione. Controlla che nel nome non ci siano dati personali."),
        max_length=200,
    )

    def __init__(
        self, *args: Any, found: Sequence[Found], chosen: Mapping[str, Choice], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        last = {name: self.fields.pop(name) for name in ("extra", "name")}
        for one in found:
            self._add(one, chosen.get(one.digest) or Choice(one.proposed))
        self.fields.update(last)

    def rows(self) -> list[Row]:
        """The data in the order of the page, each with its fields."""
        return [
            Row(
                one,
                self[f"{ACTION}-{one.digest[:SHORT]}"],
                None if one.rule else self[f"{WHY}-{one.digest[:SHORT]}"],
                None if one.rule else self[f"{WORDS}-{one.digest[:SHORT]}"],
            )
            for one in self.found
        ]

    def choices(self) -> dict[str, Choice]:
        """What was chosen, by digest."""
        data = self.cleaned_data
        return {
            one.digest: Choice(
                *(data.get(f"{part}-{one.digest[:SHORT]}", "") for part in (ACTION, WHY, WORDS))
            )
            for one in self.found
        }

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    def clean_extra(self) -> str:
        words = [line for line in self.cleaned_data["extra"].splitlines() if line.strip()]
        if len(words) > MOST_WORDS:
            raise forms.ValidationError(
                gettext("Sono troppe: al massimo {most} righe.").format(most=MOST_WORDS)
            )
        if short := [word for word in words if len(word.strip()) < 3]:  # noqa: PLR2004
            raise forms.ValidationError(
                gettext("«{word}» è troppo corta: sparirebbe anche da altre parole.").format(
                    word=short[0].strip()
                )
            )
        return "\n".join(words)

    def clean(self) -> None:
        for one in self.found:
            if not one.rule:
                self._demand_reason(one)

    def _demand_reason(self, one: Found) -> None:
        """What is no office's own stays only with a reason."""
        action, why, words = (
            self.cleaned_data.get(f"{part}-{one.digest[:SHORT]}") for part in (ACTION, WHY, WORDS)
        )
        if action != SharingDecision.Action.KEEP:
            return
        if not why:
            sentence = gettext("«{value}» resta nella copia: scegli perché, oppure toglilo.")
            self.add_error(f"{WHY}-{one.digest[:SHORT]}", sentence.format(value=one.value))
        elif why == SharingDecision.Why.OTHER and not words:
            sentence = gettext("Scrivi per quale altro motivo «{value}» resta nella copia.")
            self.add_error(f"{WORDS}-{one.digest[:SHORT]}", sentence.format(value=one.value))

    def _add(self, one: Found, choice: Choice) -> None:
        short = one.digest[:SHORT]
        self.fields[f"{ACTION}-{short}"] = forms.ChoiceField(
            label=gettext("Che cosa fare di questo dato"),
            choices=SharingDecision.Action.choices,
            initial=choice.action,
            required=False,  # one of the two is always chosen; what a script leaves out goes
            widget=forms.RadioSelect,
        )
        if one.rule:
            return
        self.fields[f"{WHY}-{short}"] = forms.ChoiceField(
            label=gettext("Perché resta"),
            choices=[("", gettext("Scegli un motivo")), *SharingDecision.Why.choices],
            initial=choice.why,
            required=False,
        )
        self.fields[f"{WORDS}-{short}"] = forms.CharField(
            label=gettext("Con parole tue"),
            initial=choice.words,
            max_length=300,
            required=False,
        )
