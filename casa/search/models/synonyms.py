"""Words for the same thing."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class SynonymGroup(models.Model):
    """Words that officials use for the same thing; the first is the usual one.

    Acronyms are written in capitals and match whole. `never` holds words that look alike and mean
    something else: they are never taken for this group. A group of `data/synonyms.csv` keeps the
    number of its line in `seed`, and in `seed_digest` what the line said: an edited group is left
    as its editors want it.

    Personal data: none
    """

    words = ArrayField(models.CharField(max_length=120), verbose_name=_("parole equivalenti"))
    never = ArrayField(
        models.CharField(max_length=120),
        default=list,
        blank=True,
        verbose_name=_("da non confondere con"),
    )
    cpv_codes = ArrayField(
        models.CharField(max_length=8), default=list, blank=True, verbose_name=_("codici CPV")
    )
    in_use = models.BooleanField(_("in uso"), default=True)
    seed = models.CharField(max_length=10, blank=True, editable=False)
    seed_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        db_table = "search_synonym_group"
        verbose_name = _("gruppo di sinonimi")
        verbose_name_plural = _("gruppi di sinonimi")
        constraints = [
            models.UniqueConstraint(
                fields=["seed"], condition=~models.Q(seed=""), name="one_group_per_seed"
            )
        ]

    def __str__(self) -> str:
        return " = ".join(self.words)
