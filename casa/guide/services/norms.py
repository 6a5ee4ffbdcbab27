"""Loading the table of norms."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from casa.drafting import norms
from casa.foundation.errors import Refused
from casa.guide.models import KEY, Norm
from casa.guide.queries import FIELDS
from casa.guide.services.loading import Table, load
from casa.guide.services.reports import Report
from casa.registry.actor import Actor


def read_norms(path: Path) -> tuple[norms.Norm, ...]:
    """The rows of a file like `data/norms.toml`; refused as a whole when one is wrong."""
    try:
        return norms.NormTable.from_toml(path).norms
    except norms.BadNorms as reason:
        raise Refused(_("%(reason)s Nulla è cambiato.") % {"reason": reason}) from reason
    except (OSError, UnicodeDecodeError) as reason:
        raise Refused(
            _("Il file %s non si può leggere: controlla percorso e permessi.") % path
        ) from reason


@transaction.atomic
def load_norms(rows: Sequence[norms.Norm], *, source: str, actor: Actor, now: datetime) -> Report:
    """Make the table equal the file's, but for the rows that editors wrote or corrected.

    Refused when two rows of the file contradict each other.
    """
    try:
        norms.NormTable(rows)
    except norms.BadNorms as reason:
        raise Refused(_("%(reason)s Nulla è cambiato.") % {"reason": reason}) from reason
    return load(_table(), rows, source=source, actor=actor, now=now)


def _table() -> Table:
    return Table(
        model=Norm,
        fields=FIELDS,
        key=KEY,
        named=_named,
        title=_("Norme"),
        act="guide.norms.loaded",
    )


def _named(row: Norm | norms.Norm) -> str:
    state = Norm.Status(row.status).label
    return _("%(norm)s: %(state)s dal %(day)s") % {
        "norm": norms.name_of(row),
        "state": state,
        "day": row.valid_from.strftime("%d/%m/%Y"),
    }
