"""What the library shows in the back office: the list of tags."""

from django.contrib import admin

from casa.library.models import Tag
from casa.registry.back_office import BackOfficeAdmin


@admin.register(Tag)
class TagAdmin(BackOfficeAdmin):
    list_display = ("name", "slug")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    ordering = ("name",)
