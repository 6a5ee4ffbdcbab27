"""What is kept with files and texts."""

from django.utils.translation import gettext as _

from casa.intake.services.expiring import REJECTED_KEPT, UNUSED_KEPT
from casa.portal.statements.kept import Kept


def documents() -> tuple[Kept, ...]:
    days = {"rejected": REJECTED_KEPT.days, "unused": UNUSED_KEPT.days}
    return (
        Kept(
            what=_("I file caricati, con il nome di chi li ha caricati e ciò che contengono"),
            why=_("Controllarli, rivederli, pubblicarli"),
            until=_(
                "Finché resta il documento che ne nasce; i file rifiutati si cancellano dopo "
                "%(rejected)d giorni, quelli mai usati dopo %(unused)d"
            )
            % days,
            models=("intake.Upload", "intake.Reading", "intake.Finding", "library.FieldReading"),
        ),
        Kept(
            what=_("Chi è autore e chi è revisore di ogni versione, con le ragioni date"),
            why=_("Il controllo di una seconda persona deve potersi verificare"),
            until=_("Finché la versione si può citare"),
            models=("library.Version", "library.Review"),
        ),
        Kept(
            what=_("Chi ha composto e chi ha rivisto un kit"),
            why=_("Il controllo di una seconda persona deve potersi verificare"),
            until=_("Finché c'è il kit"),
            models=("library.Kit",),
        ),
        Kept(
            what=_("Chi ha importato un archivio di documenti"),
            why=_("Rendere conto di che cosa è entrato, e di che cosa nessuno ha rivisto"),
            until=_("Cinque anni, come il registro delle attività"),
            models=("library.ImportRun",),
        ),
    )
