"""What people said of the headings of a version that we read wrongly."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

MOST_LEVEL = 9


class HeadingCorrection(models.Model):
    """One line of the main text that is a heading of a level, or (0) none, whatever we read.

    The line is named by its words; where they stand several times, `turn` of `turns` says which.
    `places` are the blocks at which they were found in this version; without any the correction
    waits for a version that has them. Of two for the same block the later row holds. The next
    version begins with those of this one. Who corrected stands in the trail.

    Personal data: none of its own (words of the text)
    """

    version = models.ForeignKey(
        "library.Version", on_delete=models.CASCADE, related_name="heading_corrections"
    )
    words = models.TextField(_("riga"))
    level = models.PositiveSmallIntegerField(
        _("livello"), validators=[MaxValueValidator(MOST_LEVEL)]
    )
    turn = models.PositiveSmallIntegerField(default=0)
    turns = models.PositiveSmallIntegerField(default=0)
    places = ArrayField(models.PositiveIntegerField(), default=list)

    class Meta:
        db_table = "library_heading_correction"
        verbose_name = _("titolo corretto")
        verbose_name_plural = _("titoli corretti")
        constraints = [
            models.CheckConstraint(
                condition=Q(level__lte=MOST_LEVEL) & ~Q(words=""),
                name="heading_correction_says_something",
            ),
            models.CheckConstraint(
                condition=Q(turn__lte=F("turns")), name="heading_correction_turn_of_turns"
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def is_met(self) -> bool:
        """Whether this version has the words."""
        return bool(self.places)
