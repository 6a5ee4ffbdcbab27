"""How far the index has come."""

from django.db import models


class IndexState(models.Model):
    """How far the index of this installation has come, as its follower says. One row.

    `mark` names the last commit the follower made or was about to make, `previous_mark` the one
    before. The index carries the same word inside: when it is neither of the two, index and
    database have parted (a backup was restored) and the index is made anew from the cards.
    `aside_mark` names the index that is being made aside: a follower killed meanwhile goes on with
    it, unless another one was asked for since.

    Personal data: none
    """

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    mark = models.CharField(max_length=32, blank=True)
    previous_mark = models.CharField(max_length=32, blank=True)
    aside_mark = models.CharField(max_length=32, blank=True)
    applied = models.BigIntegerField(default=0)
    beat_at = models.DateTimeField(null=True)
    rebuild_wanted = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "search_index_state"
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_index_per_installation")
        ]

    def __str__(self) -> str:
        return f"#{self.applied}"

    @property
    def is_rebuilding(self) -> bool:
        return self.total > 0
