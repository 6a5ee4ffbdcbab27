"""What the portal itself remembers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PageVote(models.Model):
    """How many readers found a page useful, and how many did not, on one day.

    `page` is the address without its query; parts of an address that may be secret, like the
    token of an invitation, are replaced by their name.

    Personal data: none (no address of a reader, no person, no session)
    """

    page = models.CharField(_("pagina"), max_length=200)
    day = models.DateField(_("giorno"))
    yes = models.PositiveIntegerField(_("utile"), default=0)
    no = models.PositiveIntegerField(_("non utile"), default=0)

    class Meta:
        db_table = "portal_page_vote"
        verbose_name = _("voto su una pagina")
        verbose_name_plural = _("voti sulle pagine")
        constraints = [
            models.UniqueConstraint(fields=["page", "day"], name="one_page_vote_row_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.page} {self.day}"
