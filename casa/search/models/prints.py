"""What a card's text is recognised by: near-duplicates are found through the database alone."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class CardPrint(models.Model):
    """The prints of one card's text and of its clauses, as `casa.drafting.similar` makes them.

    `sequence` is the change of the card they were made for, `digest` the text: a change of rights
    makes no new prints. Can be thrown away: the rounds make them again.

    Personal data: none
    """

    card = models.OneToOneField(
        "search.IndexCard", on_delete=models.CASCADE, primary_key=True, related_name="print"
    )
    sequence = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    places = ArrayField(models.BigIntegerField(), default=list)
    bands = ArrayField(models.BigIntegerField(), default=list)
    clauses = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        db_table = "search_card_print"
        indexes = [
            GinIndex(fields=["bands"], name="card_print_bands", fastupdate=False),
            GinIndex(fields=["clauses"], name="card_print_clauses", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"#{self.card_id}"
