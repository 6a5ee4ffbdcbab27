"""What dossiers say of a file on its page: that it is a document that one of them produced."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casa.dossier import access
from casa.dossier.queries.recognising import Recognised, recognised
from casa.drafting import Draft
from casa.intake.models import Upload
from casa.intake.origins import Origin
from casa.library.access import may_adopt
from casa.registry.actor import Actor


def tell(actor: Actor, upload: Upload, draft: Draft) -> Origin | None:
    """Nothing for who does not read the dossier, and for a stamp that holds for none."""
    found = recognised(actor, upload, draft, now=timezone.now())
    if found is None:
        return None
    version = found.product.paper.version
    adopted = version.entry if version and may_adopt(actor, version.entry) else None
    return Origin(
        words=sentence(found),
        url=reverse("dossier:dossier", args=[found.dossier.pk]),
        label=_("Apri il fascicolo «%s»") % found.dossier,
        act=reverse("dossier:recognise", args=[upload.token]) if _may_link(actor, found) else "",
        button=_("Mettilo nel fascicolo"),
        other_url=reverse("library:adopt", args=[adopted.slug]) if adopted else "",
        other_label=_("Di' come il tuo ente usa il modello"),
    )


def sentence(found: Recognised) -> str:
    """What the file is, in words."""
    version = found.product.paper.version
    said = {
        "dossier": found.dossier,
        "day": date_format(timezone.localdate(found.product.made_at), "j F Y"),
        "model": version.entry.title if version else "",
        "number": version.number if version else 0,
    }
    words = _(
        "È il documento prodotto dal fascicolo «%(dossier)s» il %(day)s dal modello «%(model)s», "
        "versione %(number)d."
    )
    same = _("Il file è identico a quello prodotto.")
    other = _("Non è lo stesso file: formato o testo possono essere cambiati dopo.")
    linked = _("È già nel fascicolo.") if found.is_linked else ""
    return " ".join(filter(None, (words % said, same if found.is_identical else other, linked)))


def _may_link(actor: Actor, found: Recognised) -> bool:
    step = found.product.paper.step
    return not found.is_linked and access.may_lay(actor, found.dossier, step)
