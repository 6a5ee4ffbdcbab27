from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossierConfig(AppConfig):
    name = "casa.dossier"
    label = "dossier"
    verbose_name = "Fascicoli"

    def ready(self) -> None:
        from casa.dossier import (
            calendars,
            origins,
            proposing,
            receivers,  # noqa: F401
            rounds,
            sections,
            succession,
        )
        from casa.dossier.archive import own
        from casa.foundation import navigation
        from casa.guide import codes
        from casa.intake import origins as intake_origins
        from casa.registry import trail

        for act, words in (
            ("opened", _("ha aperto il fascicolo")),
            ("described", _("ha corretto i dati del fascicolo")),
            ("told", _("ha cambiato il bisogno di")),
            ("divided", _("ha corretto i lotti di")),
            ("published", _("ha pubblicato la gara di")),
            ("corrected", _("ha rettificato la gara di")),
            ("named", _("ha segnato la commissione di")),
            ("verified", _("ha segnato la verifica dei requisiti di")),
            ("awarded", _("ha segnato l'aggiudicazione di")),
            ("signed", _("ha segnato la firma del contratto di")),
            ("laid", _("ha messo un documento in")),
            ("taken", _("ha tolto un documento da")),
            ("answered", _("ha risposto a domande di")),
            ("produced", _("ha prodotto un documento di")),
            ("listed", _("ha aggiunto un operatore a")),
            ("closed", _("ha chiuso il fascicolo")),
            ("passed", _("ha indicato chi subentra come RUP di")),
            ("officer_named", _("ha indicato il responsabile di")),
            ("reopened", _("ha riaperto il fascicolo")),
            ("shared", _("ha mandato in revisione, da condividere, com'è andata")),
        ):
            trail.label(f"dossier.dossier.{act}", words)
        trail.word("on", _("giorno"))
        trail.word("reason", _("motivo"))
        trail.word("document", _("documento"))
        trail.word("count", _("quante"))
        for act, words in (
            ("archived", _("ha scaricato l'archivio di")),
            ("restored", _("ha importato da un archivio")),
        ):
            trail.label(f"dossier.dossier.{act}", words)
        trail.word("restored_on", _("ripreso da un archivio il"))
        codes.offer(proposing.codes_for)
        own.register_all()
        intake_origins.offer(origins.tell)
        sections.register(97, _("Archivio"), "dossier:archive")
        sections.register(10, _("Passi"), "dossier:dossier")
        sections.register(20, _("Domande"), "dossier:questions")
        sections.register(30, _("Documenti da compilare"), "dossier:documents")
        sections.register(70, _("Gare simili"), "dossier:similar")
        sections.register(98, _("Chiusura"), "dossier:closing")
        sections.register(95, _("Cronologia"), "dossier:history")
        sections.register(90, _("Modelli per questa gara"), "dossier:models")
        rounds.register()
        succession.register()
        trail.label("dossier.dossier.planned", _("ha cambiato i tempi di"))
        trail.word("change", _("che cosa"))
        trail.word("moved", _("si sono spostati"))
        sections.register(50, _("Tempi"), "dossier:times")
        calendars.register()
        navigation.register_own(40, _("Il mio calendario"), "dossier:calendar", for_body=True)
        navigation.register(30, _("Fascicoli"), "dossier:list")
