"""What of the library comes from our own texts (`data/starter`), and from which issue of them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class StarterText(models.Model):
    """One issue of a starter text that became a version of an entry.

    `slug` is the name of the source, `number` the issue it bears in its front matter; the newest
    row of a slug tells which entry is its own. `version` is None when a person threw it away.
    `sha256` is that of the source; `checked_on` the day on which its citations were looked at,
    `to_check` what a jurist must still look at, a sentence each.

    Personal data: none
    """

    slug = models.SlugField(max_length=120)
    number = models.PositiveIntegerField()
    entry = models.ForeignKey(
        "library.Entry", on_delete=models.CASCADE, related_name="starter_texts"
    )
    version = models.OneToOneField(
        "library.Version", on_delete=models.SET_NULL, null=True, related_name="starter_text"
    )
    sha256 = models.CharField(max_length=64)
    checked_on = models.DateField()
    to_check = ArrayField(models.CharField(max_length=500), default=list)
    loaded_at = models.DateTimeField()

    class Meta:
        db_table = "library_starter_text"
        constraints = [
            models.UniqueConstraint(fields=["slug", "number"], name="starter_text_issue_unique")
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.number}"


class StarterKit(models.Model):
    """A kit that we wrote: `number` is the kit's own when we published it last, `sha256` the print
    of its file when we looked at it last.

    Personal data: none
    """

    slug = models.SlugField(max_length=120, unique=True)
    kit = models.OneToOneField("library.Kit", on_delete=models.CASCADE, related_name="starter_kit")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = "library_starter_kit"

    def __str__(self) -> str:
        return self.slug
