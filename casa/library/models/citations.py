"""The norms that a version cites, found once and judged anew whenever they are shown."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Citation(models.Model):
    """One norm cited in the main text of a version, by `casa.drafting.citations`.

    `start` and `end` are offsets into the version's text, `clause` the key of the clause they
    stand in (empty before the first). Whether the norm is in force is not kept here: the table of
    norms changes, the words do not.

    Personal data: none
    """

    version = models.ForeignKey(
        "library.Version", on_delete=models.CASCADE, related_name="citations"
    )
    clause = models.SlugField(max_length=80, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.CharField(_("parole"), max_length=300)
    act = models.CharField(_("atto"), max_length=120, blank=True)
    article = models.CharField(_("articolo"), max_length=40, blank=True)
    comma = models.CharField(_("comma"), max_length=20, blank=True)
    letter = models.CharField(_("lettera"), max_length=20, blank=True)
    urn = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=400, blank=True)
    certain = models.BooleanField(default=True)

    class Meta:
        db_table = "library_citation"
        verbose_name = _("norma citata")
        verbose_name_plural = _("norme citate")
        indexes = [
            models.Index(fields=["version", "start"], name="citation_of_version"),
            models.Index(fields=["act", "article"], name="citation_of_norm"),
        ]

    def __str__(self) -> str:
        return self.text


class CitationReading(models.Model):
    """That the citations of a version were looked for, and with which grammar.

    A version that was published before, or with an older grammar, is read again by the rounds.

    Personal data: none
    """

    GRAMMAR: ClassVar[int] = 5
    """Raise it when `casa.drafting.citations` finds more or better than before."""

    version = models.OneToOneField(
        "library.Version",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="citation_reading",
    )
    grammar = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "library_citation_reading"

    def __str__(self) -> str:
        return f"#{self.version_id}"
