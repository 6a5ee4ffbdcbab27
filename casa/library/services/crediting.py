"""A version says to whom it owes a change: the bodies whose proposals were taken."""

from django.utils.translation import gettext as _

from casa.library.models import Suggestion, Version

MOST = 2000


def credit(version: Version) -> None:
    """Put into an open version's note the bodies whose proposals no version has named yet."""
    rows = list(
        Suggestion.objects.taken()
        .filter(source=version.entry_id, version=None)
        .select_related("copy__body")
        .order_by("sent_at")
    )
    if not rows:
        return
    named = "; ".join(f"{row.copy.body} ({row.title})" for row in rows)
    note = f"{version.changes.rstrip()}\n\n" + _("Con le proposte di: %s.") % named
    version.changes = note.strip()[:MOST]
    version.save(update_fields=["changes"])
    Suggestion.objects.filter(pk__in=[row.pk for row in rows]).update(version=version)
