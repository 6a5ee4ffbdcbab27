"""What a person is typing, so that a closed window or an expired log-in loses nothing."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptFormQuerySet(models.QuerySet["KeptForm"]):
    def of(self, person_id: int, place: str) -> Self:
        return self.filter(person_id=person_id, place=place)


class KeptForm(models.Model):
    """The fields of one form as one person left them; gone once the form is sent.

    `place` is the address of the form, `fields` each name with the list of its values. Files and
    passwords are never kept. Not a document: nobody else reads it and the trail does not know it.

    Personal data: what the person was typing; kept until the form is sent, at most 30 days.
    """

    person = models.ForeignKey(
        "registry.Person", on_delete=models.CASCADE, related_name="kept_forms"
    )
    place = models.CharField(max_length=200)
    fields = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    objects = KeptFormQuerySet.as_manager()

    class Meta:
        db_table = "registry_kept_form"
        verbose_name = _("modulo in corso")
        verbose_name_plural = _("moduli in corso")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "place"], name="one_kept_form_per_person_and_place"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def initial(self) -> dict[str, Any]:
        """What the form begins with: one value as it is, several as a list."""
        return {
            name: values[0] if len(values) == 1 else values for name, values in self.fields.items()
        }
