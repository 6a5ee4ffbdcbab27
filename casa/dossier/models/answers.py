"""The answers to the questions of a tender, and the documents made of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Answer(models.Model):
    """What somebody answered to one question; the newest row of a name is the one that holds.

    Personal data: what was answered, which may name people, and who answered; as long as the
    dossier is kept.
    """

    dossier = models.ForeignKey("dossier.Dossier", on_delete=models.CASCADE, related_name="answers")
    name = models.CharField(_("campo"), max_length=120)
    value = models.JSONField(_("risposta"), null=True)
    given_by = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, related_name="+", verbose_name=_("da")
    )
    given_at = models.DateTimeField(_("il"))

    class Meta:
        db_table = "dossier_answer"
        verbose_name = _("risposta")
        verbose_name_plural = _("risposte")
        ordering = ("pk",)
        indexes = [models.Index(fields=["dossier", "name"], name="answer_of_dossier")]

    def __str__(self) -> str:
        return self.name


class Product(models.Model):
    """A document made of a model with the answers of one moment. It never changes.

    Personal data: the answers it was made of and its text, which may name people, and who made it;
    as long as the dossier is kept.
    """

    paper = models.ForeignKey("dossier.Paper", on_delete=models.CASCADE, related_name="products")
    answers = models.JSONField(_("risposte usate"))
    content = models.BinaryField()
    format = models.CharField(max_length=4)
    made_by = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, related_name="+", verbose_name=_("da")
    )
    made_at = models.DateTimeField(_("prodotto il"))

    class Meta:
        db_table = "dossier_product"
        verbose_name = _("documento prodotto")
        verbose_name_plural = _("documenti prodotti")
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.paper)
