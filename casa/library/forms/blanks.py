"""Which blanks of a document are fields, and what each is called."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from casa.drafting.filling import LABELS, Blank, Confirmed, FieldType
from casa.drafting.filling.expressions import BadTag, check_name
from casa.foundation.components.forms import Fieldset

SHOWN = 40  # letters of the blank itself
OF_ROWS = (FieldType.LIST, FieldType.GROUP)
TYPES = [(kind.value, LABELS[kind].capitalize()) for kind in LABELS if kind not in OF_ROWS]


class BlanksForm(forms.Form):
    """Three things per blank: whether it is a field, its name, what is written in it."""

    def __init__(self, *args: Any, blanks: Sequence[Blank], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.blanks = blanks
        self.fieldsets = []
        for blank in blanks:
            names = [f"{part}-{blank.number}" for part in ("campo", "nome", "tipo")]
            self.fields |= dict(zip(names, _fields(blank), strict=True))
            where = _("Spazio %(number)s, %(place)s") % {
                "number": blank.number,
                "place": blank.place.words,
            }
            self.fieldsets.append(Fieldset(_shown(blank), names, help=where))

    def clean(self) -> dict[str, Any]:
        """One name has one meaning: the same type wherever it stands."""
        data = super().clean() or self.cleaned_data
        types: dict[str, str] = {}
        for blank in self.blanks:
            if data.get(f"campo-{blank.number}"):
                self._name(blank, data, types)
        if not types and not self.errors:
            raise ValidationError(_("Non hai scelto nessuno spazio: spunta quelli da compilare."))
        return data

    def _name(self, blank: Blank, data: dict[str, Any], types: dict[str, str]) -> None:
        """A blank that is a field has a name, and one name has one type."""
        part = f"nome-{blank.number}"
        name, kind = data.get(part), data.get(f"tipo-{blank.number}") or FieldType.TEXT.value
        if not name:
            if part not in self.errors:
                self.add_error(part, _("Di' come si chiama questo campo."))
        elif types.setdefault(name, kind) != kind:
            said = _("«%(name)s» è già un campo di un altro tipo: cambia il nome o il tipo.")
            self.add_error(part, said % {"name": name})

    def confirmed(self) -> list[Confirmed]:
        """The blanks that are fields, for the services."""
        chosen = [one for one in self.blanks if self.cleaned_data[f"campo-{one.number}"]]
        return [self._confirmed(one) for one in chosen]

    def _confirmed(self, blank: Blank) -> Confirmed:
        kind = FieldType(self.cleaned_data[f"tipo-{blank.number}"] or FieldType.TEXT)
        return Confirmed(
            number=blank.number,
            name=self.cleaned_data[f"nome-{blank.number}"],
            type=kind,
            format=blank.format if kind == blank.type else "",
        )


def _fields(blank: Blank) -> tuple[forms.Field, ...]:
    return (
        forms.BooleanField(label=_("È un campo da compilare"), required=False, initial=True),
        forms.CharField(
            label=_("Nome del campo"),
            max_length=60,
            required=False,
            initial=blank.name,
            validators=[_fit],
            widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none"}),
        ),
        forms.ChoiceField(
            label=_("Che cosa si scrive"), choices=TYPES, initial=blank.type.value, required=False
        ),
    )


def _fit(name: str) -> None:
    try:
        check_name(name)
    except BadTag as error:
        raise ValidationError(
            _("Usa lettere senza accento, cifre e _; comincia con una lettera.")
        ) from error


def _shown(blank: Blank) -> str:
    """The words around the blank, with the blank itself between angles."""
    text = Truncator(blank.text).chars(SHOWN)
    return f"… {blank.before} «{text}» {blank.after} …"
