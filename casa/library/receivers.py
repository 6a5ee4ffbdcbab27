"""What the library does when a lower room announces a fact."""

from collections.abc import Collection

from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext

from casa.library import services
from casa.library.models import Entry, Version
from casa.library.signals import entry_withdrawn, version_published
from casa.registry.signals import demo_removed


@receiver(version_published)
def announce(*, version: Version, **_: object) -> None:
    """A version was published: the worker tells who follows it and who derived from it."""
    services.announce_later(version)


@receiver(version_published)
def settle_what_it_answers(*, version: Version, **_: object) -> None:
    """A new text needs no confirmation."""
    outcome = gettext("Pubblicata la versione %d.") % version.number
    services.settle_confirmation(version.entry, outcome=outcome, now=timezone.now())


@receiver(version_published)
def note_copy(*, version: Version, **_: object) -> None:
    """A copy was published: its body uses the source."""
    services.note_copy(version, now=timezone.now())


@receiver(entry_withdrawn)
def ask_no_more(*, entry: Entry, **_: object) -> None:
    """What was withdrawn is not confirmed, nor brought up to date, any more."""
    services.settle_confirmation(entry, outcome=gettext("Ritirata."), now=timezone.now())
    services.leave_withdrawn(entry, now=timezone.now())


@receiver(demo_removed)
def remove_demo(*, body_ids: Collection[int], **_: object) -> None:
    """The demonstration goes: so do its entries."""
    services.remove_demo(body_ids=body_ids)
