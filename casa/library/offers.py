"""What the library offers on the pages of lower rooms."""

from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casa.foundation import slots
from casa.intake.models import Upload

USES = "intake.upload.uses"
COPIES = "intake.upload.copies"


def register() -> None:
    """A cleared file can become an entry, or its next version, or stand beside published ones."""
    slots.offer(USES, in_new_entry, label=_("Usa in una nuova scheda"))
    slots.offer(USES, as_new_version, label=_("Usa come nuova versione di una scheda"))
    slots.offer(COPIES, beside_published, label=_("Confronta con il documento pubblicato"))


def in_new_entry(upload: Model) -> str:
    return _with_file("library:new", upload)


def as_new_version(upload: Model) -> str:
    return _with_file("library:renew", upload)


def beside_published(upload: Model) -> str:
    return reverse("library:compare_file", args=[_upload(upload).token])


def _with_file(route: str, upload: Model) -> str:
    return f"{reverse(route)}?{urlencode({'file': str(_upload(upload).token)})}"


def _upload(upload: Model) -> Upload:
    if not isinstance(upload, Upload):
        raise TypeError("Only uploads are offered to the library.")
    return upload
