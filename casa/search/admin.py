"""Synonyms in the back office: the groups that editors keep."""

from django.contrib import admin

from casa.registry.back_office import BackOfficeAdmin
from casa.search.models import SynonymGroup


@admin.register(SynonymGroup)
class SynonymGroupAdmin(BackOfficeAdmin):
    list_display = ("__str__", "in_use")
    list_filter = ("in_use",)
    search_fields = ("words",)
    fields = ("words", "never", "cpv_codes", "in_use")
    removable = True
