"""Loading the rules of procurement."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.guide import law
from casa.guide.models import Rule
from casa.guide.services.loading import Table, load
from casa.guide.services.reports import Report
from casa.registry.actor import Actor

KEY = ("topic", "code", "jurisdiction")


def read_rules(path: Path) -> tuple[law.Row, ...]:
    """The rows of a folder like `data/guide`; refused as a whole when one is wrong."""
    try:
        rows = law.read_folder(path)
    except law.BadLaw as reason:
        raise Refused(_("%(reason)s Nulla è cambiato.") % {"reason": reason}) from reason
    except OSError as reason:
        raise Refused(
            _("La cartella %s non si può leggere: controlla percorso e permessi.") % path
        ) from reason
    if not rows:
        raise Refused(_("Nella cartella %s non c'è nessuna regola: nulla è cambiato.") % path)
    return rows


@transaction.atomic
def load_rules(rows: Sequence[law.Row], *, source: str, actor: Actor, now: datetime) -> Report:
    """Make the table equal the files', but for the rows that editors wrote or corrected.

    Refused when two rows speak of one rule on one day.
    """
    for one, _other in law.Law(rows).overlaps():
        raise Refused(
            _("Due righe dicono la regola «%(code)s» nello stesso giorno. Nulla è cambiato.")
            % {"code": one.code}
        )
    return load(_table(), rows, source=source, actor=actor, now=now)


def _table() -> Table:
    return Table(
        model=Rule,
        fields=law.FIELDS,
        key=KEY,
        named=_named,
        title=_("Regole"),
        act="guide.rules.loaded",
    )


def _named(row: Rule | law.Row) -> str:
    return _("%(code)s dal %(day)s: %(text)s") % {
        "code": row.code,
        "day": row.valid_from.strftime("%d/%m/%Y"),
        "text": row.text,
    }
