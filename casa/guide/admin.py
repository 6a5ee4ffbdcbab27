"""Norms and rules in the back office: whoever looks after the network corrects them there."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from casa.guide.models import Norm, Rule
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
        return not _is_brought(obj) and super().has_delete_permission(request, obj)


@admin.register(Rule)
class RuleAdmin(BackOfficeAdmin):
    """A row that the house brought may be corrected and ended, not removed: it would come back."""

    list_display = ("__str__", "topic", "code", "valid_from", "valid_to", "confidence")
    list_filter = ("topic", "confidence", "date_basis", "jurisdiction")
    search_fields = ("code", "text", "citation", "note")
    ordering = ("topic", "code", "valid_from")
    fieldsets = (
        (None, {"fields": (("topic", "code"), "text", ("op", "value", "unit"), "details")}),
        (
            "Da quando",
            {"fields": (("valid_from", "valid_to"), ("date_basis", "jurisdiction"), "note")},
        ),
        ("Chi lo dice", {"fields": ("citation", "source", ("confidence", "verified_on"))}),
    )
    removable = True

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return not _is_brought(obj) and super().has_delete_permission(request, obj)


def _is_brought(obj: Model | None) -> bool:
    return isinstance(obj, Norm | Rule) and bool(obj.seed_digest)
