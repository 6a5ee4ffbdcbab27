"""How a tender ended, as a row and back. What was shared of it stays in the library."""

from django.utils.translation import gettext as _

from casa.dossier.archive import rows as plain
from casa.dossier.archive.own import words
from casa.dossier.archive.parts import Names, Packing, Restoring, Row
from casa.dossier.models import Closing
from casa.library.models.choices import Criterion


def rows(packing: Packing) -> list[Row]:
    """One row where the dossier is closed."""
    return [
        {**plain.told(one), "who": packing.people.who(one.person_id)}
        for one in Closing.objects.filter(dossier=packing.dossier)
    ]


def restore(restoring: Restoring, given: list[Row]) -> None:
    """Close the dossier again as it was."""
    for row in given:
        made = Closing(dossier=restoring.dossier, **plain.understood(Closing, row))
        made.person = restoring.people.somebody(row["who"])
        made.clean_fields(exclude=["dossier", "person"])
        made.save()


def told(row: Row, names: Names) -> str:
    """The end in words."""
    return words.joined(
        str(dict(Closing.Outcome.choices).get(row["outcome"], "")),
        str(row["reason"]),
        _("offerte arrivate: %s") % row["bidders"] if row["bidders"] is not None else "",
        _("ribasso: %s%%") % row["discount"] if row["discount"] is not None else "",
        str(dict(Criterion.choices).get(row.get("criterion", ""), "")),
        _("ricorsi: %s") % row["appeals"] if row.get("appeals") is not None else "",
        words.name(row["who"], names),
        words.moment(row["closed_at"]),
    )
