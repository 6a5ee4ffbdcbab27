"""What search does: cards are filed and withdrawn, questions kept, what is missing answered."""

from casa.search.services.alerts import resume_alerts, send_alerts, stop_alerts
from casa.search.services.cards import CARD_LOCK, file_card, withdraw_card
from casa.search.services.missing import answer, assign, count_empty, forget, put_aside, reopen
from casa.search.services.saved import (
    change_search,
    close_feed,
    delete_search,
    forget_closed,
    open_feed,
    save_search,
)

__all__ = [
    "CARD_LOCK",
    "answer",
    "assign",
    "change_search",
    "close_feed",
    "count_empty",
    "delete_search",
    "file_card",
    "forget",
    "forget_closed",
    "open_feed",
    "put_aside",
    "reopen",
    "resume_alerts",
    "save_search",
    "send_alerts",
    "stop_alerts",
    "withdraw_card",
]
