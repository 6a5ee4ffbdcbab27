"""What the network manager sees of the portal: which pages readers found of no use."""

from django.contrib import admin

from casa.portal.models import PageVote
from casa.registry.back_office import ReadOnlyAdmin


@admin.register(PageVote)
class PageVoteAdmin(ReadOnlyAdmin):
    list_display = ("page", "day", "yes", "no")
    list_filter = ("day",)
    search_fields = ("page",)
    ordering = ("-day", "-no")
