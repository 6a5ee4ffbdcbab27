"""How the acts of the registry read in the trail, after the name of whoever did them."""

from django.utils.translation import gettext_lazy as _

from casa.registry import trail
from casa.registry.models import Mandate, NetworkRole

ACTS = {
    # bodies and territory
    "registry.territory.loaded": _("ha aggiornato il territorio all'elenco ISTAT del"),
    "registry.body.created": _("ha creato l'ente"),
    "registry.body.changed": _("ha corretto l'ente"),
    "registry.office.created": _("ha aperto l'ufficio"),
    "registry.office.renamed": _("ha rinominato l'ufficio"),
    "registry.office.closed": _("ha chiuso l'ufficio"),
    # people
    "registry.person.created": _("ha registrato"),
    "registry.person.closed": _("ha chiuso l'accesso di"),
    "registry.mandate.granted": _("ha dato il mandato"),
    "registry.mandate.changed": _("ha cambiato il mandato"),
    "registry.mandate.suspended": _("ha sospeso il mandato"),
    "registry.mandate.resumed": _("ha riattivato il mandato"),
    "registry.mandate.asked_back": _("ha chiesto di riprendere il mandato"),
    "registry.mandate.ended": _("ha concluso il mandato"),
    "registry.mandate.confirmed": _("ha riconfermato il mandato"),
    "registry.hand_over.opened": _("ha lasciato da fare le consegne di"),
    "registry.hand_over.done": _("ha fatto le consegne di"),
    "registry.body.attested": _("ha completato la riconferma annuale dei mandati di"),
    "registry.network_role.granted": _("ha dato il ruolo di rete"),
    "registry.network_role.ended": _("ha concluso il ruolo di rete"),
    "registry.invitation.sent": _("ha inviato un invito"),
    "registry.invitation.repeated": _("ha inviato di nuovo un invito"),
    "registry.invitation.revoked": _("ha ritirato un invito"),
    "registry.invitation.accepted": _("ha accettato un invito"),
    "registry.join_request.sent": _("ha chiesto di entrare"),
    "registry.join_request.placed": _("ha aperto l'ente chiesto da"),
    "registry.join_request.withdrawn": _("ha ritirato la richiesta di entrare"),
    "registry.join_request.accepted": _("ha accolto la richiesta di entrare"),
    "registry.join_request.declined": _("non ha accolto la richiesta di entrare"),
    # the house
    "registry.people.imported": _("ha importato enti e persone per"),
    "registry.trail.exported": _("ha scaricato una parte del registro"),
    "registry.demo.created": _("ha preparato la dimostrazione nella"),
    "registry.demo.declined": _("ha aperto senza dimostrazione la"),
    "registry.demo.removed": _("ha tolto la dimostrazione dalla"),
    "registry.row.added": _("ha aggiunto in redazione"),
    "registry.row.changed": _("ha cambiato in redazione"),
    "registry.row.removed": _("ha tolto in redazione"),
}


# What their details are called; a name that begins with «=» is a value.
WORDS = {
    "role": _("ruolo"),
    "name": _("ente chiesto"),
    "starts_on": _("dal"),
    "ends_on": _("al"),
    "before": _("prima"),
    "reason": _("motivo"),
    "passed": _("consegnati"),
    "address": _("indirizzo di rete"),
    "step": _("passaggio"),
    "filters": _("filtri"),
    "lines": _("righe"),
    "made": _("creati"),
    "bodies": _("enti"),
    "offices": _("uffici"),
    "persons": _("persone"),
    "mandates": _("mandati"),
    "kind": _("che cosa"),
    "fields": _("campi"),
    "changes": _("variazioni"),
    "added": _("Comuni aggiunti"),
    "merged": _("fusi"),
    "suppressed": _("soppressi"),
    "renamed": _("rinominati"),
    "moved": _("spostati"),
    "provinces_added": _("Province aggiunte"),
    "provinces_ended": _("Province soppresse"),
    "provinces_moved": _("Province con nuovo codice"),
    **{f"={value}": label for value, label in (*Mandate.Role.choices, *NetworkRole.Role.choices)},
}


def register() -> None:
    """Tell the trail how they read."""
    for act, words in ACTS.items():
        trail.label(act, words)
    for name, words in WORDS.items():
        trail.word(name, words)
