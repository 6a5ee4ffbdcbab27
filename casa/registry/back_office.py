# ruff: noqa: ARG002 -- the signatures are Django's
"""The back office (Django's admin), for network managers only, in Italian, every change recorded.

A room shows its rows there with `@admin.register(Model) class ModelAdmin(BackOfficeAdmin)`. Models
that others register (log-ins, sessions, tasks) are turned away: no personal data lives here.
"""

from collections.abc import Iterable, Sequence
from functools import update_wrapper
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.foundation.errors import Refused
from casa.registry import access, trail
from casa.registry.actor import Actor

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Any]
    _Inline = admin.TabularInline[Any, Any]
else:
    _Admin = admin.ModelAdmin
    _Inline = admin.TabularInline


class BackOffice(admin.AdminSite):
    """Django's admin behind our own door: our log-in page, our second factor, our reason."""

    site_header = gettext_lazy("Redazione della Casa dei Comuni")
    site_title = gettext_lazy("Redazione")
    index_title = gettext_lazy("Che cosa si corregge qui")
    enable_nav_sidebar = False

    def register(
        self,
        model_or_iterable: Any,
        admin_class: type[Any] | None = None,
        **options: Any,
    ) -> None:
        """Take in only what was written for the back office."""
        if admin_class and issubclass(admin_class, BackOfficeAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return _may(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.has_permission(request):
                return _turn_away(request)
            response: HttpResponse = inner(request, *args, **kwargs)
            return response

        return update_wrapper(guarded, view)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """There is one log-in page, and it is not this one."""
        del extra_context
        return redirect("admin:index") if self.has_permission(request) else _turn_away(request)

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Idem for leaving."""
        del request, extra_context
        return redirect("account_logout")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Idem for the password."""
        del request, extra_context
        return redirect("account_change_password")


class BackOfficeAdmin(_Admin):
    """Rows that network managers may look at and correct. Nothing is removed unless said so."""

    removable = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _may(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _may(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _may(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _may(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.removable and _may(request)

    def log_addition(self, request: HttpRequest, object: Model, message: Any) -> Any:  # noqa: A002
        """One line in the trail instead of Django's own log."""
        return _record("registry.row.added", request, object)

    def log_change(self, request: HttpRequest, object: Model, message: Any) -> Any:  # noqa: A002
        return _record("registry.row.changed", request, object, _fields(message))

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any] | Iterable[Any]) -> Any:
        return [_record("registry.row.removed", request, row) for row in queryset]


class UnmadeAdmin(BackOfficeAdmin):
    """Rows that may be corrected here, and are made elsewhere."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class ReadOnlyAdmin(UnmadeAdmin):
    """Rows that only commands write."""

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class BackOfficeInline(_Inline):
    """Rows that belong to another row and are corrected with it."""

    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _may(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _may(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _may(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _may(request)


def is_referenced(row: Model) -> bool:
    """Whether rows of any room point at this one."""
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: row}).exists()
        for relation in row._meta.related_objects
    )


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _may(request: HttpRequest) -> bool:
    return access.may_use_back_office(_actor(request))


def _turn_away(request: HttpRequest) -> HttpResponse:
    """To our log-in page; whoever is already in hears why not."""
    if _actor(request).id is None:
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    raise Refused(
        _(
            "La redazione è riservata a chi gestisce la rete. "
            "Se un dato del territorio o dei pilastri è sbagliato, scrivi a chi la gestisce."
        )
    )


def _record(act: str, request: HttpRequest, row: Model, fields: Sequence[str] = ()) -> Any:
    kind = str(row._meta.verbose_name)
    return trail.record(act, row, actor=_actor(request), kind=kind, fields=list(fields))


def _fields(message: Any) -> list[str]:
    """The names of the fields that Django says were changed."""
    parts = message if isinstance(message, list) else []
    changes = (part.get("changed", {}) for part in parts if isinstance(part, dict))
    return [str(name) for change in changes for name in change.get("fields", [])]
