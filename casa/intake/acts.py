"""How the acts of the intake read in the trail, after the name of whoever did them."""

from django.utils.translation import gettext_lazy as _

from casa.registry import trail

ACTS = {
    "intake.upload.received": _("ha caricato"),
    "intake.upload.duplicated": _("ha copiato, da un altro ente,"),
    "intake.upload.cleared": _("ha controllato e accettato"),
    "intake.upload.rejected": _("ha controllato e rifiutato"),
    "intake.upload.expired": _("ha eliminato, perché nessuno lo usava,"),
    "intake.upload.discarded": _("ha eliminato"),
    "intake.upload.removed": _("ha eliminato con la dimostrazione"),
    "intake.copy.requested": _("ha deciso che cosa condividere di"),
    "intake.copy.made": _("ha preparato la copia ripulita"),
    "intake.copy.failed": _("non ha potuto preparare la copia ripulita di"),
}
DETAILS = {
    "kept": _("dati personali che restano"),
    "removed": _("dati personali tolti"),
    "sha256": _("impronta SHA-256"),
    "size": _("dimensione in byte"),
    "findings": _("rilievi"),
    "reason": _("motivo"),
}


def register() -> None:
    """Tell the trail how they read."""
    for act, words in ACTS.items():
        trail.label(act, words)
    for detail, words in DETAILS.items():
        trail.word(detail, words)
