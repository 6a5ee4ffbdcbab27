"""Norms in the back office: whoever looks after the network corrects them there."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from casa.guide.models import Norm
from casa.registry.back_office import BackOfficeAdmin


@admin.register(Norm)
class NormAdmin(BackOfficeAdmin):
    """A row that the house brought may be corrected and ended, not removed: it would come back."""

    list_display = ("__str__", "status", "valid_from", "valid_to", "replaced_by", "confidence")
    list_filter = ("status", "confidence", "date_basis", "jurisdiction")
    search_fields = ("act", "article", "replaced_by", "note")
    ordering = ("act", "article", "comma", "letter", "valid_from")
    fieldsets = (
        (None, {"fields": (("act", "article", "comma", "letter"), "jurisdiction")}),
        (
            "Che cosa ne è",
            {
                "fields": (
                    "status",
                    ("valid_from", "valid_to"),
                    "date_basis",
                    "replaced_by",
                    "note",
                    "exception",
                )
            },
        ),
        ("Chi lo dice", {"fields": ("citation", "source", ("confidence", "verified_on"))}),
    )
    removable = True

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        brought = isinstance(obj, Norm) and bool(obj.seed_digest)
        return not brought and super().has_delete_permission(request, obj)
