"""How much a thing is used, counted without following anybody."""

from django.db import models


class Tally(models.Model):
    """Views and downloads of one version on one day.

    Personal data: none (no address, no person, no session)
    """

    version = models.ForeignKey("library.Version", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)
    downloads = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "library_tally"
        constraints = [models.UniqueConstraint(fields=["version", "day"], name="one_tally_per_day")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class BodyUse(models.Model):
    """A body downloaded a version at least once; the body, never the person.

    Personal data: none
    """

    version = models.ForeignKey("library.Version", on_delete=models.CASCADE, related_name="uses")
    body = models.ForeignKey("registry.Body", on_delete=models.CASCADE, related_name="+")
    first_on = models.DateField()

    class Meta:
        db_table = "library_body_use"
        constraints = [models.UniqueConstraint(fields=["version", "body"], name="one_use_per_body")]

    def __str__(self) -> str:
        return f"#{self.pk}"
