"""What rooms and people do with notices."""

from casa.notices.services.acting import act_by_hand, act_by_link, asked_by_link, link_of
from casa.notices.services.digests import mail_at_once, mail_offices, mail_weekly
from casa.notices.services.duties import Owed, owe, settle, settle_all, settle_told
from casa.notices.services.following import change_cadence, follow, unfollow
from casa.notices.services.reading import mark_read
from casa.notices.services.reminding import keep_only, remind
from casa.notices.services.retention import forget_old, forget_things, remove_demo
from casa.notices.services.spreading import spread, spread_left
from casa.notices.services.telling import Told, is_told, tell, untold

__all__ = [
    "Owed",
    "Told",
    "act_by_hand",
    "act_by_link",
    "asked_by_link",
    "change_cadence",
    "follow",
    "forget_old",
    "forget_things",
    "is_told",
    "keep_only",
    "link_of",
    "mail_at_once",
    "mail_offices",
    "mail_weekly",
    "mark_read",
    "owe",
    "remind",
    "remove_demo",
    "settle",
    "settle_all",
    "settle_told",
    "spread",
    "spread_left",
    "tell",
    "unfollow",
    "untold",
]
