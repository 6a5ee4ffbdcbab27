"""What a card's text is recognised by: near-duplicates are found through the database alone."""

from django.db import models


class CardPrint(models.Model):
    """The print of one card's text, as `casa.drafting.similar` makes it: 128 numbers of 32 bits.

    `sequence` is the change of the card it was made for, `digest` the text: a change of rights
    makes no new print. Can be thrown away, with its bands and clauses: the rounds make it again.

    Personal data: none
    """

    card = models.OneToOneField(
        "search.IndexCard", on_delete=models.CASCADE, primary_key=True, related_name="print"
    )
    sequence = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    places = models.BinaryField()

    class Meta:
        db_table = "search_card_print"

    def __str__(self) -> str:
        return f"#{self.card_id}"


class CardBand(models.Model):
    """One of the 32 numbers of a print; two texts that share one are probably nearly the same.

    A row each, not an array: the planner knows that such a number is rare, and uses the index.

    Personal data: none
    """

    print = models.ForeignKey(
        CardPrint, on_delete=models.CASCADE, related_name="bands", db_index=False
    )
    number = models.BigIntegerField()

    class Meta:
        db_table = "search_card_band"
        indexes = [
            models.Index(fields=["number", "print"], name="card_band_number"),
            models.Index(fields=["print"], name="card_band_print"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class CardClause(models.Model):
    """The print of one clause of a card: the same number in another card is the same clause.

    Personal data: none
    """

    print = models.ForeignKey(
        CardPrint, on_delete=models.CASCADE, related_name="clauses", db_index=False
    )
    number = models.BigIntegerField()

    class Meta:
        db_table = "search_card_clause"
        indexes = [
            models.Index(fields=["number", "print"], name="card_clause_number"),
            models.Index(fields=["print"], name="card_clause_print"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
