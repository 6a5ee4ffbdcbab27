"""What the network manager sees of the portal: which pages readers found of no use."""

from django.contrib import admin
from django.http import HttpRequest

from casa.portal.models import PageVote


@admin.register(PageVote)
class PageVoteAdmin(admin.ModelAdmin[PageVote]):
    """To read, never to change."""

    list_display = ("page", "day", "yes", "no")
    list_filter = ("day",)
    search_fields = ("page",)
    ordering = ("-day", "-no")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: PageVote | None = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: PageVote | None = None) -> bool:  # noqa: ARG002
        return False
