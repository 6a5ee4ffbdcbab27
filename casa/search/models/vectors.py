"""What cards and words mean, as numbers: only where the optional extra is on."""

from django.db import models


class CardVector(models.Model):
    """The meaning of one card's title, object and CPV labels: 384 numbers, kept by the follower.

    `sequence` is the change of the card it was made for, `digest` the text: a change of rights or
    of the body's text makes no new vector. Can be thrown away: the follower makes it again.

    Personal data: none
    """

    card = models.OneToOneField(
        "search.IndexCard", on_delete=models.CASCADE, primary_key=True, related_name="vector"
    )
    sequence = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    numbers = models.BinaryField()
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "search_card_vector"

    def __str__(self) -> str:
        return f"#{self.card_id}"


class WordsVector(models.Model):
    """The meaning of a CPV label or of a member of a synonym group: 384 numbers, made once.

    They say under which codes a question in everyday words falls. What no label and no group says
    any more stays here unused. Can be thrown away: the follower makes it again.

    Personal data: none
    """

    text = models.CharField(max_length=300, primary_key=True)
    numbers = models.BinaryField()

    class Meta:
        db_table = "search_words_vector"

    def __str__(self) -> str:
        return self.text
