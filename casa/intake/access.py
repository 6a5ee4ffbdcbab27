"""Who may bring files in, see them, take them out.

Reading is `Upload.objects.visible_to(actor)`: the members of the body that brought the file in.
"""

import uuid

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from casa.intake.models import UPLOADERS, Upload
from casa.registry.actor import Actor


def may_upload(actor: Actor, body_id: int | None) -> bool:
    """Authors, reviewers and administrators of the body bring files in for it."""
    return body_id is not None and actor.may_act_as(*UPLOADERS, body_id=body_id)


def may_upload_here(actor: Actor) -> bool:
    """The same for the body acted for."""
    return may_upload(actor, actor.acting_for)


def why_not_upload() -> str:
    return _(
        "Per caricare file serve un mandato di redazione, revisione o amministrazione in questo "
        "ente: chiedilo a chi lo amministra."
    )


def may_download(actor: Actor, upload: Upload) -> bool:
    """The original goes out only once cleared and without macros, to members of the body."""
    return upload.is_cleared and not _has_blocking(upload) and actor.belongs_to(upload.body_id)


def why_not_downloadable(upload: Upload) -> str:
    """The sentence for a member who may see the file but not take it out."""
    if upload.is_waiting:
        return _("Il file è ancora in controllo: potrai scaricarlo quando sarà pronto.")
    if upload.is_rejected:
        return _("Il file è stato rifiutato e non si può scaricare: usa la copia che hai caricato.")
    return _(
        "Il file contiene macro o programmi e non si può scaricare: usa la copia che hai caricato, "
        "salvata senza macro."
    )


def may_clean(actor: Actor, upload: Upload) -> bool:
    """Who brings files in decides what of a cleared one is shared, and asks for the copy."""
    return upload.is_cleared and may_upload(actor, upload.body_id)


def why_not_clean(actor: Actor, upload: Upload) -> str:
    """The sentence for who may see the file but not ask for a cleaned copy of it."""
    if not may_upload(actor, upload.body_id):
        return _(
            "Per preparare una copia da condividere serve un mandato di redazione, revisione o "
            "amministrazione nell'ente del file: chiedilo a chi lo amministra."
        )
    if upload.is_waiting:
        return _("Il file è ancora in controllo: la copia si prepara quando sarà pronto.")
    return _("Il file è stato rifiutato: non se ne prepara una copia.")


def upload_for(actor: Actor, token: uuid.UUID) -> Upload:
    """The file with what its pages say of it; 404 when the actor may not see it."""
    visible = Upload.objects.visible_to(actor).with_outcome()
    return get_object_or_404(visible.select_related("body", "office", "person"), token=token)


def _has_blocking(upload: Upload) -> bool:
    """As counted by `with_outcome`: a rule never queries."""
    has_blocking: bool = upload.has_blocking  # type: ignore[attr-defined]
    return has_blocking
