"""Which lines are headings, one choice per line."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from casa.library.queries.headings import SHOWN, Line

OFFERED = 4  # levels; a deeper one is offered where the line has it
NAME = "riga-"


class HeadingsForm(forms.Form):
    """`lines` are what is shown; `file` names the text they stand in."""

    file = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, lines: Sequence[Line], file: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].initial = file
        for line in lines:
            self.fields[f"{NAME}{line.place}"] = _field(line)

    def levels(self) -> dict[int, int]:
        """What the person chose anew, by the place of the line; the rest stays as it was."""
        chosen = (name for name in self.changed_data if name.startswith(NAME))
        levels = {int(name.removeprefix(NAME)): self.cleaned_data[name] for name in chosen}
        return {place: level for place, level in levels.items() if level is not None}


def places_in(data: Mapping[str, Any]) -> list[int]:
    """The lines that a person had before their eyes."""
    names = (name.removeprefix(NAME) for name in data if name.startswith(NAME))
    return [int(name) for name in names if name.isascii() and name.isdecimal()]


def _field(line: Line) -> forms.TypedChoiceField:
    page = _("Pagina %(number)s") % {"number": line.page} if line.page else ""
    return forms.TypedChoiceField(
        label=Truncator(line.words).chars(SHOWN),
        choices=list(_choices(line)),
        coerce=int,
        empty_value=None,
        required=False,
        initial=line.level,
        help_text=page,
        show_hidden_initial=True,
    )


def _choices(line: Line) -> Iterable[tuple[int, str]]:
    for level in range(1, max(OFFERED, line.level) + 1):
        yield level, _("È un titolo di livello %(level)s") % {"level": level}
    yield 0, _("Non è un titolo")
