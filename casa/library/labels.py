"""Italian words for the facets of the library, and for the acts in its trail."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casa.library.models import choices
from casa.notices import things
from casa.registry import trail
from casa.search import labels as search

FACETS: Mapping[str, str | Promise] = {
    "tipo": _("Tipo"),
    "pilastro": _("Pilastro"),
    "procedura": _("Procedura"),
    "contratto": _("Tipo di contratto"),
    "criterio": _("Criterio di aggiudicazione"),
    "importo": _("Fascia di importo"),
    "fase": _("Fase"),
    "ente": _("Ente"),
    "etichetta": _("Etichetta"),
    "licenza": _("Licenza"),
    "lettori": _("Chi può leggere"),
}

#: the fields that the guided questions ask about
ASKED: Mapping[str, str | Promise] = {**FACETS, "settore": _("Settore")}

FIXED_VALUES: Mapping[str, Mapping[str, str | Promise]] = {
    "tipo": dict(choices.Kind.choices),
    "procedura": dict(choices.ProcedureType.choices),
    "contratto": dict(choices.ContractType.choices),
    "criterio": dict(choices.Criterion.choices),
    "importo": dict(choices.AmountBand.choices),
    "fase": dict(choices.Phase.choices),
    "licenza": dict(choices.Licence.choices),
    "lettori": dict(choices.Audience.choices),
}

#: what the things are that one follows
FOLLOWED: Mapping[str, str | Promise] = {
    "library:entry": _("Scheda"),
    "library:kit": _("Kit"),
    "library:tag": _("Etichetta"),
    "library:pillar": _("Pilastro"),
}

ACTS: Mapping[str, str | Promise] = {
    "library.entry.created": _("ha creato la scheda"),
    "library.entry.derived": _("ha adattato per il proprio ente"),
    "library.news.kept_ours": _("ha visto le novità della fonte e tenuto il testo di"),
    "library.clauses.marked": _("ha detto quali clausole sono obbligatorie in"),
    "library.suggestion.sent": _("ha proposto una modifica a"),
    "library.suggestion.answered": _("ha risposto a una proposta per"),
    "library.suggestion.withdrawn": _("ha ritirato una proposta per"),
    "library.entry.edited": _("ha modificato la scheda"),
    "library.adoption.declared": _("ha detto come il suo ente usa"),
    "library.adoption.noted": _("ha segnato che un ente usa"),
    "library.adoption.confirmed": _("ha confermato che il suo ente usa ancora"),
    "library.experience.told": _("ha detto come ha funzionato"),
    "library.experience.answered": _("ha risposto a chi ha usato"),
    "library.version.endorsed": _("ha validato per la rete"),
    "library.version.unendorsed": _("ha tolto la validazione di"),
    "library.entry.confirmed": _("ha confermato che è ancora valida"),
    "library.entry.withdrawn": _("ha ritirato la scheda"),
    "library.entry.removed": _("ha rimosso la scheda dimostrativa"),
    "library.campaign.opened": _("ha segnalato la norma cambiata"),
    "library.campaign.closed": _("ha chiuso la campagna sulla norma"),
    "library.campaign.kept": _("ha detto che va bene così"),
    "library.kit.created": _("ha creato il kit"),
    "library.kit.edited": _("ha modificato il kit"),
    "library.kit.discarded": _("ha eliminato il kit"),
    "library.kit.proposed": _("ha inviato in revisione il kit"),
    "library.kit.returned": _("ha rimandato il kit"),
    "library.kit.published": _("ha pubblicato il kit"),
    "library.kit.confirmed": _("ha confermato che è ancora valido"),
    "library.kit.reopened": _("ha riaperto il kit"),
    "library.kit.withdrawn": _("ha ritirato il kit"),
    "library.exchange.key_renewed": _("ha cambiato la chiave per lo scambio"),
    "library.exchange.exported": _("ha esportato schede con un pacchetto firmato"),
    "library.installation.trusted": _("ha detto di fidarsi dell'installazione"),
    "library.installation.ended": _("ha tolto la fiducia all'installazione"),
    "library.bundle.received": _("ha ricevuto il pacchetto"),
    "library.bundle.started": _("ha voluto in biblioteca il pacchetto"),
    "library.bundle.brought": _("ha portato in biblioteca il pacchetto"),
    "library.entry.arrived": _("ha portato da un'altra installazione la scheda"),
    "library.version.arrived": _("ha portato da un'altra installazione la versione"),
    "library.archive.started": _("ha avviato l'importazione"),
    "library.archive.published": _("ha pubblicato senza revisione l'archivio"),
    "library.version.opened": _("ha aperto la versione"),
    "library.version.edited": _("ha modificato la bozza"),
    "library.model.made": _("ha ricavato un modello da un documento"),
    "library.version.headings_corrected": _("ha corretto i titoli della versione"),
    "library.version.discarded": _("ha eliminato la bozza"),
    "library.version.proposed": _("ha inviato in revisione"),
    "library.version.returned": _("ha rimandato all'autore"),
    "library.version.published": _("ha pubblicato la versione"),
}

#: the facets of search whose values are words of the library
SEARCHED: Mapping[str, str] = {
    "kind": "tipo",
    "procedure_type": "procedura",
    "contract_type": "contratto",
    "criterion": "criterio",
    "amount_band": "importo",
    "phase": "fase",
}


def register() -> None:
    """Give search, the trail and the list of what one follows the words of the library."""
    for name, facet in SEARCHED.items():
        search.register(name, label=FACETS[facet], values=FIXED_VALUES[facet])
    search.register("kind", label=FACETS["tipo"], values={"kit": _("Kit")})
    for act, words in ACTS.items():
        trail.label(act, words)
    for kind, words in FOLLOWED.items():
        things.call(kind, words)
