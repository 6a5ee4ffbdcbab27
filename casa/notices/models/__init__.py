"""What people follow and are told, what offices owe."""

from casa.notices.models.duties import Duty
from casa.notices.models.follows import Follow
from casa.notices.models.news import News, Notice

__all__ = ["Duty", "Follow", "News", "Notice"]
