"""The clauses of a version, each with an address that lasts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Clause(models.Model):
    """An article, or a comma of one, of one version; `key` is its #anchor and never moves.

    The key is handed on from the previous version by text (`drafting.carry_keys`), so a link to
    «art. 7 c. 2» survives renumbering. `start` and `end` are offsets into the version's text;
    `part` is the page on which a long text shows it.

    Personal data: none of its own
    """

    version = models.ForeignKey("library.Version", on_delete=models.CASCADE, related_name="clauses")
    key = models.SlugField(max_length=80)
    label = models.CharField(_("numero"), max_length=40, blank=True)
    heading = models.CharField(_("rubrica"), max_length=300, blank=True)
    text = models.TextField()
    level = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    first_block = models.PositiveIntegerField()
    part = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "library_clause"
        verbose_name = _("clausola")
        verbose_name_plural = _("clausole")
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="clause_key_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.heading}".strip()
