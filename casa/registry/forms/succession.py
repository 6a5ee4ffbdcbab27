"""Who has what after a mandate: one choice for everything, or one for each part."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casa.foundation.components.forms import DateInput
from casa.registry.queries.succession import Option, Plan, Step

ALL = "all"
PREFIX = "part-"


class HandOverForm(forms.Form):
    """The last day, and an heir for each part; `finishing` asks that every part has one."""

    on = forms.DateField(
        label=_("Ultimo giorno"),
        help_text=_("Lascia vuoto per togliere i diritti subito. Le consegne valgono da oggi."),
        required=False,
        widget=DateInput(),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        plan: Plan,
        is_over: bool,
        finishing: bool,
        kept: Mapping[str, str],
    ) -> None:
        super().__init__(data, initial={"on": kept.get("on") or None})
        self.plan, self.finishing = plan, finishing
        self.for_all = len(plan.steps) > 1 and bool(plan.people)
        if is_over:
            del self.fields["on"]
        if self.for_all:
            self.fields[ALL] = _everything(plan.people, kept.get(ALL, ""))
        for step in plan.steps:
            self.fields[name_of(step)] = self._choice(step, kept.get(step.part.code, ""))

    def clean(self) -> dict[str, Any]:
        """A part may be left to the choice for everything, where that offers it."""
        cleaned = super().clean() or {}
        for step in self.plan.steps if self.finishing else ():
            wanted = cleaned.get(name_of(step)) or cleaned.get(ALL) or ""
            found = step.option(wanted) or (None if cleaned.get(name_of(step)) else step.proposal)
            if name_of(step) in cleaned and found is None:
                self.add_error(name_of(step), _("Scegli: niente resta senza qualcuno."))
        return cleaned

    def choices(self) -> dict[str, str]:
        """The codes by part, as the services take them."""
        chosen = {step.part.code: self.cleaned_data[name_of(step)] for step in self.plan.steps}
        return {**chosen, ALL: self.cleaned_data.get(ALL, "")}

    def on_day(self) -> date | None:
        """The last day that was chosen."""
        day: date | None = self.cleaned_data.get("on")
        return day

    def _choice(self, step: Step, kept: str) -> forms.ChoiceField:
        only = step.proposal.heir.code if step.proposal else ""
        blank = _("Come scelto per tutto") if self.for_all else _("Scegli")
        return forms.ChoiceField(
            label=_("Che cosa ne diventa"),
            choices=[("", blank), *_pairs(step.options)],
            initial=kept or only,
            required=False,
        )


def name_of(step: Step) -> str:
    """The field of a part."""
    return f"{PREFIX}{step.part.code}"


def _everything(people: Iterable[Option], kept: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Passa tutto a una persona"),
        help_text=_("Vale per le parti che qui sotto restano «Come scelto per tutto»."),
        choices=[("", _("Scelgo parte per parte")), *_pairs(people)],
        initial=kept,
        required=False,
    )


def _pairs(options: Iterable[Option]) -> list[tuple[str, str]]:
    return [(one.heir.code, one.label) for one in options]
