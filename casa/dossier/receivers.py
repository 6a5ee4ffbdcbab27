"""What dossiers do when the registry announces a fact."""

from collections.abc import Collection

from django.dispatch import receiver

from casa.dossier import services
from casa.registry.signals import demo_leaving


@receiver(demo_leaving)
def remove_demo(*, body_ids: Collection[int], **_: object) -> None:
    """The demonstration goes: so do its tenders, before the library deletes what lies in them."""
    services.remove_demo(body_ids=body_ids)
