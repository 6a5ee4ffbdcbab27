"""What is kept of persons, of what tells them, of what they look for."""

from django.utils.translation import gettext as _

from casa.portal.statements.kept import Kept


def people() -> tuple[Kept, ...]:
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
            what=_(
                "Per quale ente operi, in quale ruolo, da quando a quando; quando ti abbiamo "
                "scritto che non entravi da un anno, e quando hai chiesto di riprendere"
            ),
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
            why=_("Farla decidere a chi amministra l'ente o gestisce la rete"),
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
        *searches(),
        *notices(),
    )


def notices() -> tuple[Kept, ...]:
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


def searches() -> tuple[Kept, ...]:
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
