"""What notices do when the registry announces a fact."""

from collections.abc import Collection

from django.dispatch import receiver
from django.utils import timezone

from casa.notices import services
from casa.notices.services import attesting
from casa.registry.signals import body_attested, demo_removed, hand_over_done


@receiver(demo_removed)
def remove_demo(*, body_ids: Collection[int], **_: object) -> None:
    """The demonstration goes: it owes nothing and follows nothing any more."""
    services.remove_demo(body_ids=body_ids)


@receiver(hand_over_done)
def settle_hand_over(*, hand_over_id: int, **_: object) -> None:
    """What a mandate held has new owners: nobody owes the hand-over any more."""
    attesting.settle_hand_over(hand_over_id=hand_over_id, now=timezone.now())


@receiver(body_attested)
def settle_attestation(*, body_id: int, **_: object) -> None:
    """Everybody of a body was confirmed: nobody owes that any more."""
    attesting.settle_attestation(body_id=body_id, now=timezone.now())
