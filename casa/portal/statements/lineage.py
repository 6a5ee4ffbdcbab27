"""What is kept where bodies take texts from each other."""

from django.utils.translation import gettext as _

from casa.portal.statements.kept import Kept


def lineage() -> tuple[Kept, ...]:
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
