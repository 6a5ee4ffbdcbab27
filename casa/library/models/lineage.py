"""Where an entry comes from: its source, and the version of it that each version follows."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casa.library.models.audiences import writable_by
from casa.registry.actor import Actor


class DerivationQuerySet(models.QuerySet["Derivation"]):
    def behind_source(self) -> Self:
        """Copies whose source published something that they have not taken or refused."""
        return self.filter(behind__gt=0)


class Derivation(models.Model):
    """An entry that a body made from another one («Adatta per il mio ente»).

    Chains work: Comune from Province from network. `root` is the first of the chain, so that a
    whole family is read in one query. `behind` counts the versions of the source that came after
    the one the current text follows; it is kept in the transactions that publish.

    Personal data: none
    """

    entry = models.OneToOneField(
        "library.Entry", on_delete=models.CASCADE, related_name="derivation"
    )
    source = models.ForeignKey(
        "library.Entry", on_delete=models.PROTECT, related_name="derivations"
    )
    root = models.ForeignKey("library.Entry", on_delete=models.PROTECT, related_name="family")
    behind = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()

    objects = DerivationQuerySet.as_manager()

    class Meta:
        db_table = "library_derivation"
        verbose_name = _("derivazione")
        verbose_name_plural = _("derivazioni")
        constraints = [
            models.CheckConstraint(
                condition=~Q(entry=F("source")) & ~Q(entry=F("root")),
                name="an_entry_does_not_derive_from_itself",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Basis(models.Model):
    """The version of the source that a version of a derived entry follows: «basata su v4».

    Personal data: none
    """

    version = models.OneToOneField(
        "library.Version", on_delete=models.CASCADE, related_name="basis"
    )
    source_version = models.ForeignKey(
        "library.Version", on_delete=models.PROTECT, related_name="followed_by"
    )

    class Meta:
        db_table = "library_basis"
        verbose_name = _("versione di partenza")
        verbose_name_plural = _("versioni di partenza")

    def __str__(self) -> str:
        return f"#{self.pk}"


class TakingQuerySet(models.QuerySet["Taking"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the entries the actor writes for."""
        return self.filter(writable_by(actor, "entry__"))


class Taking(models.Model):
    """What a body is deciding of the news of the source, clause by clause; kept half-way.

    `choices` says by clause key "take", "keep" or "write"; `texts` holds what was written, and
    `reasons` why a compulsory clause is not taken. When the body saves, the worker makes the
    document (`working`), and the row goes with the new version; a problem stays here in a sentence
    and nothing chosen is lost.

    Personal data: who decided last; goes with the row
    """

    class State(models.TextChoices):
        OPEN = "open", _("Da decidere")
        WORKING = "working", _("In preparazione")
        FAILED = "failed", _("Non riuscita")

    entry = models.OneToOneField("library.Entry", on_delete=models.CASCADE, related_name="taking")
    base = models.ForeignKey("library.Version", on_delete=models.CASCADE, related_name="+")
    ours = models.ForeignKey("library.Version", on_delete=models.CASCADE, related_name="+")
    theirs = models.ForeignKey("library.Version", on_delete=models.CASCADE, related_name="+")
    choices = models.JSONField(default=dict, blank=True)
    texts = models.JSONField(default=dict, blank=True)
    reasons = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    problem = models.TextField(blank=True)
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = TakingQuerySet.as_manager()

    class Meta:
        db_table = "library_taking"
        verbose_name = _("novità da decidere")
        verbose_name_plural = _("novità da decidere")

    def __str__(self) -> str:
        return f"#{self.pk}"


class Rewriting(models.Model):
    """What somebody is writing into the clauses of an entry's text, in the browser; kept half-way.

    `texts` says by clause key, as the file was read, what stood there and what is to stand there: a
    clause that changed meanwhile is not written over. When it is done the worker makes the document
    (`working`), and the row goes with the draft; a problem stays here in a sentence.

    Personal data: who wrote last; goes with the row
    """

    class State(models.TextChoices):
        OPEN = "open", _("In scrittura")
        WORKING = "working", _("In preparazione")
        FAILED = "failed", _("Non riuscita")

    entry = models.OneToOneField(
        "library.Entry", on_delete=models.CASCADE, related_name="rewriting"
    )
    version = models.ForeignKey("library.Version", on_delete=models.CASCADE, related_name="+")
    texts = models.JSONField(default=dict, blank=True)
    changes = models.TextField(_("che cosa cambia"), max_length=2000, blank=True)
    why = models.TextField(_("perché"), max_length=2000, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    problem = models.TextField(blank=True)
    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "library_rewriting"
        verbose_name = _("testo in scrittura")
        verbose_name_plural = _("testi in scrittura")

    def __str__(self) -> str:
        return f"#{self.pk}"
