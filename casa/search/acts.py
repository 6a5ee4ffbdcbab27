"""How the acts of search read in the trail, after the name of whoever did them."""

from django.utils.translation import gettext_lazy as _

from casa.registry import trail

ACTS = {
    "search.missing.assigned": _("ha detto chi si occupa della ricerca senza risultati"),
    "search.missing.answered": _("ha dato una risposta alla ricerca senza risultati"),
    "search.missing.ignored": _("ha messo da parte la ricerca senza risultati"),
    "search.missing.reopened": _("ha riaperto la ricerca senza risultati"),
}


def register() -> None:
    """Give the trail our words."""
    for act, words in ACTS.items():
        trail.label(act, words)
    trail.word("to", _("se ne occupa"))
    trail.word("answer", _("risposta"))
