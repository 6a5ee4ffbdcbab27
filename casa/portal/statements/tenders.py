"""What is kept of tenders."""

from django.utils.translation import gettext as _

from casa.portal.statements.kept import Kept


def tenders() -> tuple[Kept, ...]:
    return (
        Kept(
            what=_("Chi è responsabile di una gara e chi ha aggiornato un suo passo"),
            why=_("Far sapere ai due enti a chi rivolgersi e chi ha fatto che cosa"),
            until=_("Finché c'è il fascicolo"),
            models=("dossier.Dossier", "dossier.Paper", "casework.Step"),
        ),
        Kept(
            what=_("Chi ha cambiato per ultimo i tempi di una gara"),
            why=_("Far sapere ai due enti a chi chiedere perché un giorno si è spostato"),
            until=_("Finché c'è il fascicolo"),
            models=("dossier.Timetable",),
        ),
        Kept(
            what=_("Se leggi le tue gare in un calendario, e da quando"),
            why=_(
                "Far leggere al tuo programma di calendario ciò che puoi leggere tu; l'indirizzo "
                "segreto non si conserva, e nessun altro sa che ce l'hai"
            ),
            until=_("Finché lo chiudi o il tuo accesso viene chiuso"),
            models=("dossier.CalendarFeed",),
        ),
        Kept(
            what=_("Gli operatori invitati o che hanno presentato offerta, anche persone"),
            why=_("Condurre la gara; fino alla scadenza li legge solo chi la conduce"),
            until=_("Finché c'è il fascicolo"),
            models=("dossier.Participant",),
        ),
        Kept(
            what=_("Le risposte con cui si compilano i documenti di una gara, e chi le ha date"),
            why=_("Compilare tutti i documenti una volta sola e far continuare un collega"),
            until=_("Finché c'è il fascicolo"),
            models=("dossier.Answer", "dossier.Product"),
        ),
        Kept(
            what=_("Chi ha chiuso un fascicolo e chi ha scelto che cosa condividerne"),
            why=_("Far sapere ai due enti chi ha deciso"),
            until=_("Finché c'è il fascicolo"),
            models=("dossier.Closing", "dossier.Sharing"),
        ),
        Kept(
            what=_(
                "Chi ha chiesto l'archivio o tutti i documenti di una gara, e il file preparato"
            ),
            why=_("Darlo solo a chi l'ha chiesto, quando è pronto"),
            until=_("Due giorni"),
            models=("dossier.Parcel",),
        ),
    )
