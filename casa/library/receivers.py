"""What the library does when a lower room announces a fact."""

from collections.abc import Collection

from django.dispatch import receiver

from casa.library import services
from casa.library.models import Version
from casa.library.signals import version_published
from casa.registry.signals import demo_removed


@receiver(version_published)
def announce(*, version: Version, **_: object) -> None:
    """A version was published: the worker tells who follows it and who derived from it."""
    services.announce_later(version)


@receiver(demo_removed)
def remove_demo(*, body_ids: Collection[int], **_: object) -> None:
    """The demonstration goes: so do its entries."""
    services.remove_demo(body_ids=body_ids)
