"""What the platform keeps about people, in the words of the privacy page.

Each entry answers for models whose docstring says that they hold personal data; a test compares
the two, so that a new model can't be forgotten here.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from casa.intake.services.expiring import REJECTED_KEPT, UNUSED_KEPT

ACCESSIBILITY_ON = date(2026, 11, 25)
PRIVACY_ON = date(2026, 11, 25)


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of personal data: what, why, for how long, and the models that hold it."""

    what: str
    why: str
    until: str
    models: tuple[str, ...]


def kept() -> tuple[Kept, ...]:
    return (*_people(), *_documents(), *_lineage(), *_tenders())


def _people() -> tuple[Kept, ...]:
    return (
        Kept(
            what=_("Nome, cognome, indirizzo e-mail, data dell'ultimo accesso"),
            why=_("Farti accedere e dire ai colleghi chi ha scritto e chi ha rivisto"),
            until=_(
                "Finché il tuo accesso è aperto; poi resta solo il nome, finché lo porta un atto "
                "del registro o un documento. L'e-mail si cancella quando l'accesso viene chiuso: "
                "chiedilo a chi gestisce la rete"
            ),
            models=("registry.Person",),
        ),
        Kept(
            what=_("Nome, cognome e indirizzo e-mail di chi si iscrive e non conferma l'indirizzo"),
            why=_("Lasciarti il tempo di aprire il messaggio di conferma"),
            until=_("Sette giorni dall'iscrizione"),
            models=("registry.Person",),
        ),
        Kept(
            what=_("L'indirizzo e-mail nuovo che hai chiesto di usare e non hai ancora confermato"),
            why=_("Sapere che è tuo prima di metterlo al posto di quello di adesso"),
            until=_("Finché lo confermi o lo annulli, al massimo sette giorni"),
            models=("registry.Person",),  # its addresses, as allauth keeps them
        ),
        Kept(
            what=_("Per quale ente operi, in quale ruolo, da quando a quando"),
            why=_("I diritti sulla piattaforma vengono solo dai mandati"),
            until=_("Cinque anni da quando il mandato o il ruolo finisce"),
            models=("registry.Mandate", "registry.NetworkRole"),
        ),
        Kept(
            what=_("Che cosa è passato da chi a chi quando un mandato è finito"),
            why=_("Non lasciare niente senza qualcuno e darne ricevuta"),
            until=_("Cinque anni da quando il mandato finisce"),
            models=("registry.HandOver", "registry.HandOverLine"),
        ),
        Kept(
            what=_("La richiesta di entrare in un ente e le parole con cui l'hai motivata"),
            why=_("Farla decidere a chi amministra l'ente"),
            until=_("Cinque anni da quando è decisa o ritirata"),
            models=("registry.JoinRequest",),
        ),
        Kept(
            what=_("L'indirizzo e-mail a cui è stato mandato un invito"),
            why=_("Far arrivare l'invito"),
            until=_("Finché l'invito è usato, o 90 giorni dopo la sua scadenza"),
            models=("registry.Invitation",),
        ),
        Kept(
            what=_("Quello che stai scrivendo in un modulo della biblioteca, prima di inviarlo"),
            why=_("Non farti perdere il testo se chiudi la pagina o scade l'accesso"),
            until=_("Finché invii il modulo o ricominci, al massimo 30 giorni"),
            models=("registry.KeptForm",),
        ),
        Kept(
            what=_("Chi ha fatto che cosa e quando; per gli accessi anche l'indirizzo di rete"),
            why=_("Rendere conto degli atti e accorgersi degli abusi"),
            until=_("Cinque anni"),
            models=("registry.TrailLine",),
        ),
        *_searches(),
        *_notices(),
    )


def _notices() -> tuple[Kept, ...]:
    return (
        Kept(
            what=_("Che cosa segui, quando vuoi essere avvisato, da quando è in pausa"),
            why=_("Dirti che cosa cambia; non lo legge nessun altro"),
            until=_("Finché smetti di seguire o il tuo accesso viene chiuso"),
            models=("notices.Follow",),
        ),
        Kept(
            what=_("Di che cosa ti abbiamo avvisato e quando l'hai letto"),
            why=_("Non avvisarti due volte e mostrarti che cosa è nuovo"),
            until=_("Un anno"),
            models=("notices.Notice",),
        ),
    )


def _searches() -> tuple[Kept, ...]:
    return (
        Kept(
            what=_("Le ricerche che hai salvato e quando ti abbiamo avvisato l'ultima volta"),
            why=_("Dirti che cosa c'è di nuovo; non le legge nessun altro"),
            until=_("Finché le elimini o il tuo accesso viene chiuso"),
            models=("search.SavedSearch",),
        ),
        Kept(
            what=_(
                "Le parole cercate senza trovare niente, contate senza sapere chi le ha scritte; "
                "e-mail, codici fiscali, IBAN e numeri lunghi non vengono conservati"
            ),
            why=_("Capire che cosa manca e farlo scrivere"),
            until=_("Se nessuno se ne occupa, 180 giorni dall'ultima volta che sono state cercate"),
            models=("search.EmptySearch",),
        ),
    )


def _documents() -> tuple[Kept, ...]:
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


def _lineage() -> tuple[Kept, ...]:
    return (
        Kept(
            what=_("Chi ha deciso che cosa togliere e che cosa tenere in una copia ripulita"),
            why=_(
                "Chi rivede deve sapere perché un dato è rimasto; i dati tolti non si conservano"
            ),
            until=_("Finché c'è la copia; 30 giorni se la copia non è riuscita"),
            models=("intake.CleanedCopy", "intake.SharingDecision"),
        ),
        Kept(
            what=_("Chi sta decidendo sulle novità di una fonte"),
            why=_("Far continuare un collega da dove si era arrivati"),
            until=_("Finché nasce la nuova versione"),
            models=("library.Taking",),
        ),
        Kept(
            what=_("Chi sta cambiando le clausole di un testo nel browser"),
            why=_("Far continuare un collega e firmare la bozza che ne nasce"),
            until=_("Finché nasce la bozza"),
            models=("library.Rewriting",),
        ),
        Kept(
            what=_("Chi ha convalidato un testo per la rete"),
            why=_("La convalida vale per chi la dà: lo vedono tutti"),
            until=_("Finché la versione si può citare"),
            models=("library.Endorsement",),
        ),
        Kept(
            what=_("Chi ha segnalato che una norma è cambiata"),
            why=_("Rendere conto di chi ha chiesto l'aggiornamento"),
            until=_("Finché c'è la campagna"),
            models=("library.Campaign",),
        ),
        Kept(
            what=_("Chi ha deciso di fidarsi di un'altra installazione, e chi ne porta i testi"),
            why=_("Rendere conto di ciò che entra in biblioteca da fuori"),
            until=_("Finché i suoi testi sono qui; per i pacchetti, cinque anni"),
            models=("library.Installation", "library.Bundle"),
        ),
    )


def _tenders() -> tuple[Kept, ...]:
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
    )
