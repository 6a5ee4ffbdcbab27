"""Exchange with other installations: who we are, whom we trust, what goes out and comes in."""

from casa.library.services.exchanging.bringing import (
    bring_bundle,
    bring_now,
    carry_bundle_on,
    start_bundle,
    wake_bundles,
)
from casa.library.services.exchanging.exporting import export_entries
from casa.library.services.exchanging.receiving import forget_bundles, receive_bundle, try_bundle
from casa.library.services.exchanging.trusting import (
    end_trust,
    key_of,
    own_installation,
    own_key,
    renew_own_key,
    trust,
)

__all__ = [
    "bring_bundle",
    "bring_now",
    "carry_bundle_on",
    "end_trust",
    "export_entries",
    "forget_bundles",
    "key_of",
    "own_installation",
    "own_key",
    "receive_bundle",
    "renew_own_key",
    "start_bundle",
    "trust",
    "try_bundle",
    "wake_bundles",
]
