"""What may never be shared: names, and what was not cleaned."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from casa.dossier.operators import named_in
from casa.dossier.queries.sharing import Document
from casa.foundation.errors import Refused
from casa.intake.personal import sightings


def refuse_names(text: str, names: Collection[str]) -> None:
    """Nothing that is shared says who took part or names a person."""
    if named_in(text, names):
        raise Refused(_("Nel testo c'è il nome di un operatore della gara: toglilo e riprova."))
    if sightings(text):
        raise Refused(_("Nel testo sembra esserci un dato personale: toglilo e riprova."))


def refuse_unclean(documents: Sequence[Document], copies: Collection[int]) -> None:
    """Only what was cleaned and checked goes out."""
    ready = {one.cleaned.pk for one in documents if one.cleaned and one.is_ready}
    if not set(copies) <= ready:
        raise Refused(
            _(
                "Uno dei documenti scelti non ha una copia ripulita pronta: preparala da «Prima di "
                "condividere», oppure toglilo dalla scelta."
            )
        )
