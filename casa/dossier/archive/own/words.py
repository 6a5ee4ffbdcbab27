"""Rows of an archive in Italian words, for its index."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casa.dossier.archive.parts import Names


def day(text: object) -> str:
    """ "2026-11-03" → "3 novembre 2026"; "" for nothing."""
    return date_format(date.fromisoformat(str(text)), "j F Y") if text else ""


def moment(text: object) -> str:
    """A moment in the time of the place, to the minute."""
    if not text:
        return ""
    local = timezone.localtime(datetime.fromisoformat(str(text)))
    return date_format(local, "j F Y, H:i")


def name(who: object, names: Names) -> str:
    """The name of a person by the id in the archive; the platform where there is none."""
    return names.get(str(who), "") if who else _("la piattaforma")


def joined(*pieces: str) -> str:
    """What there is of the pieces, with commas."""
    return ", ".join(piece for piece in pieces if piece)
