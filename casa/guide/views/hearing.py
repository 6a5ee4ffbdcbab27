"""A need in plain words, as the page «Quale procedura» understands it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.templatetags.casa import euro
from casa.guide.choosing.heard import Heard, heard, kind_of_code
from casa.guide.choosing.need import KIND_LABELS
from casa.guide.codes import Proposed, codes_for
from casa.guide.queries import law_of

LONGEST = 300
MOST_CODES = 6


@dataclass(frozen=True, slots=True)
class Understood:
    """What the words say, as the form takes it, and what is still to be said."""

    words: str
    fields: dict[str, str]
    said: Sequence[str]
    asked: Sequence[str]
    codes: Sequence[tuple[str, str, str]] = field(default_factory=tuple)

    @property
    def is_enough(self) -> bool:
        """Whether the guide can answer."""
        return not self.asked


def understood(words: str) -> Understood:
    """What was understood of the words; the likeliest CPV code is taken, the others offered."""
    words = " ".join(words[:LONGEST].split())
    need = heard(words)
    codes = list(codes_for(need.object))[:MOST_CODES]
    cpv = need.cpv or (codes[0][0] if codes else "")
    divisions = law_of().row("procedures", "cpv_divisions", timezone.localdate())
    kind = need.kind or kind_of_code(cpv, divisions)
    fields = _fields(need, kind, cpv)
    others = [one for one in codes if one[0] != cpv]
    return Understood(
        words=words,
        fields=fields,
        said=_said(need, kind, cpv, codes),
        asked=_asked(need, kind),
        codes=[
            (code, label, _address(fields, code, need.kind or kind_of_code(code, divisions)))
            for code, label in others
        ],
    )


def _fields(need: Heard, kind: str, cpv: str) -> dict[str, str]:
    fields = {
        "oggetto": need.object,
        "tipo": kind,
        "importo": euro(need.amount).removesuffix(" €").strip() if need.amount else "",
        "cpv": cpv,
        "urgente": "on" if need.urgent else "",
        "pnrr": "on" if need.pnrr else "",
    }
    return {name: value for name, value in fields.items() if value}


def _said(need: Heard, kind: str, cpv: str, codes: Proposed) -> list[str]:
    label = dict(codes).get(cpv, "")
    said = [euro(need.amount) if need.amount else "", str(KIND_LABELS.get(kind, ""))]
    said += [f"CPV {cpv} {label}".strip() if cpv else ""]
    said += [_("urgenza") if need.urgent else "", "PNRR" if need.pnrr else ""]
    return [one for one in said if one]


def _asked(need: Heard, kind: str) -> list[str]:
    """What the guide cannot answer without."""
    asked = []
    if need.with_vat:
        asked.append(_("L'importo con l'IVA non basta: scrivi quello senza IVA."))
    elif len(need.amounts) > 1:
        said = " e ".join(euro(one) for one in need.amounts)
        asked.append(_("Ho letto più importi, %s: scrivi quello di tutto il contratto.") % said)
    elif not need.amounts:
        asked.append(_("Non ho letto l'importo: scrivilo senza IVA."))
    if not kind:
        asked.append(_("Scegli se sono lavori, servizi, forniture o una concessione."))
    return asked


def _address(fields: dict[str, str], code: str, kind: str) -> str:
    return urlencode({**fields, "cpv": code, "tipo": kind})
