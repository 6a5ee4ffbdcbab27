"""What people do in the library. Each verb is one transaction and one line in the trail."""

from casa.library.services.drafts import (
    discard_version,
    edit_card,
    edit_version,
    open_entry,
    open_version,
)
from casa.library.services.reviews import propose_version, publish_version, return_version
from casa.library.services.tallies import count_download, count_view
from casa.library.services.values import Answer, Card, Proposal, Waiver
from casa.library.services.withdrawals import remove_demo, withdraw_entry

__all__ = [
    "Answer",
    "Card",
    "Proposal",
    "Waiver",
    "count_download",
    "count_view",
    "discard_version",
    "edit_card",
    "edit_version",
    "open_entry",
    "open_version",
    "propose_version",
    "publish_version",
    "remove_demo",
    "return_version",
    "withdraw_entry",
]
