"""A file of the CPV nomenclature, as the EU, ANAC or a spreadsheet writes it."""

import csv
import re
from collections.abc import Mapping, Sequence
from io import StringIO

from django.utils.translation import gettext as _

from casa.foundation.errors import Refused

CODE_NAMES = ("code", "codice", "cpv", "codice cpv", "cpv code")
LABEL_NAMES = ("label", "etichetta", "etichetta_it", "descrizione", "description", "it")
LONGEST_LABEL = 300
_CODE = re.compile(r"(\d{8})(?:-\d)?")


def read_cpv(content: bytes) -> dict[str, str]:
    """Code → Italian label. Refuses the whole file when one row cannot be right."""
    rows = _rows(content)
    header, body = [name.strip().casefold() for name in rows[0]], rows[1:]
    code_at, label_at = _column(header, CODE_NAMES), _column(header, LABEL_NAMES)
    found: dict[str, str] = {}
    for number, row in enumerate(body, start=2):
        if any(cell.strip() for cell in row):
            code, label = _entry(row, code_at, label_at, number)
            _refuse_twice(found, code, number)
            found[code] = label
    if not found:
        raise Refused(_("Il file CPV non ha righe: controlla di aver scelto quello giusto."))
    return found


def _rows(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        raise Refused(
            _("Il file CPV non è testo UTF-8: salvalo come CSV (UTF-8) e riprova.")
        ) from reason
    first = text.split("\n", 1)[0]
    try:
        rows = list(csv.reader(StringIO(text), delimiter=max("\t;,", key=first.count)))
    except csv.Error as reason:
        raise Refused(_("Il file CPV non si legge come tabella: %s.") % reason) from reason
    if not rows:
        raise Refused(_("Il file CPV è vuoto: controlla di aver scelto quello giusto."))
    return rows


def _column(header: Sequence[str], names: Sequence[str]) -> int:
    for name in names:
        if name in header:
            return header.index(name)
    raise Refused(
        _("Nella prima riga del file CPV manca la colonna «%s»: aggiungila e riprova.") % names[1]
    )


def _entry(row: Sequence[str], code_at: int, label_at: int, number: int) -> tuple[str, str]:
    if len(row) <= max(code_at, label_at):
        raise Refused(_("Riga %d del file CPV: mancano colonne. Nulla è cambiato.") % number)
    code = _CODE.fullmatch(row[code_at].strip())
    label = " ".join(row[label_at].split())
    if code is None:
        raise Refused(
            _("Riga %(row)d del file CPV: «%(code)s» non è un codice di 8 cifre. Nulla è cambiato.")
            % {"row": number, "code": row[code_at].strip()[:40]}
        )
    if not label or len(label) > LONGEST_LABEL or "\x00" in label:
        raise Refused(
            _("Riga %(row)d del file CPV: l'etichetta manca o supera %(most)d caratteri.")
            % {"row": number, "most": LONGEST_LABEL}
        )
    return code[1], label


def _refuse_twice(found: Mapping[str, str], code: str, number: int) -> None:
    if code in found:
        raise Refused(
            _("Riga %(row)d del file CPV: il codice %(code)s c'è già più sopra. Nulla è cambiato.")
            % {"row": number, "code": code}
        )
