"""What search does: cards are filed and withdrawn, searches kept, gaps answered."""

from casa.search.services.cards import CARD_LOCK, file_card, withdraw_card

__all__ = ["CARD_LOCK", "file_card", "withdraw_card"]
