"""What rooms and people do with notices."""

from casa.notices.services.acting import act_by_hand, act_by_link, asked_by_link, link_of
from casa.notices.services.digests import mail_at_once, mail_offices, mail_weekly
from casa.notices.services.duties import Owed, owe, settle, settle_all, settle_told
from casa.notices.services.following import (
    change_cadence,
    close_feed,
    follow,
    open_feed,
    unfollow,
)
from casa.notices.services.muting import mute, mute_all_link, mute_link, resume, unmute
from casa.notices.services.reading import mark_read
from casa.notices.services.reminding import keep_only, remind
from casa.notices.services.retention import forget_old, forget_things, remove_demo
from casa.notices.services.spreading import spread, spread_left
from casa.notices.services.telling import Told, is_told, take_back, tell, untold

__all__ = [
    "Owed",
    "Told",
    "act_by_hand",
    "act_by_link",
    "asked_by_link",
    "change_cadence",
    "close_feed",
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
    "mute",
    "mute_all_link",
    "mute_link",
    "open_feed",
    "owe",
    "remind",
    "remove_demo",
    "resume",
    "settle",
    "settle_all",
    "settle_told",
    "spread",
    "spread_left",
    "take_back",
    "tell",
    "unfollow",
    "unmute",
    "untold",
]
