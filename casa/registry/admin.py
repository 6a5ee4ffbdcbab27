"""What the registry shows in the back office: territory, pillars, phases, the codes of bodies."""

from django.contrib import admin
from django.db.models import F, Func
from django.http import HttpRequest

from casa.registry.back_office import (
    BackOfficeAdmin,
    BackOfficeInline,
    ReadOnlyAdmin,
    UnmadeAdmin,
    is_referenced,
)
from casa.registry.models import (
    Body,
    Municipality,
    Pillar,
    ProjectPhase,
    ProjectPlace,
    Province,
    Region,
    TerritoryEdition,
)


@admin.register(Region)
class RegionAdmin(BackOfficeAdmin):
    list_display = ("name", "istat_code", "macro_area")
    list_filter = ("macro_area",)
    ordering = ("name",)


@admin.register(Province)
class ProvinceAdmin(BackOfficeAdmin):
    list_display = ("name", "sigla", "istat_code", "kind", "region", "valid_from", "valid_to")
    list_filter = ("kind", "region")
    list_select_related = ("region",)
    search_fields = ("name__unaccent__icontains", "sigla", "istat_code")
    ordering = ("name",)


@admin.register(Municipality)
class MunicipalityAdmin(BackOfficeAdmin):
    list_display = ("name", "istat_code", "cadastral_code", "province", "valid_from", "valid_to")
    list_filter = ("province__region",)
    list_select_related = ("province",)
    search_fields = ("name__unaccent__icontains", "istat_code", "cadastral_code")
    raw_id_fields = ("successor",)
    ordering = ("name",)


@admin.register(TerritoryEdition)
class TerritoryEditionAdmin(ReadOnlyAdmin):
    list_display = ("on", "source", "provinces", "municipalities", "loaded_at")


@admin.register(Pillar)
class PillarAdmin(BackOfficeAdmin):
    """The code of a pillar stands in what was filed under it: once used, it stays."""

    list_display = ("name", "code", "position", "in_use")
    ordering = ("position", "name")

    def get_readonly_fields(self, request: HttpRequest, obj: Pillar | None = None) -> list[str]:
        del request
        return ["code"] if obj and is_referenced(obj) else []


class ProjectPlaceInline(BackOfficeInline):
    model = ProjectPlace
    raw_id_fields = ("province", "instead_of")


@admin.register(ProjectPhase)
class ProjectPhaseAdmin(BackOfficeAdmin):
    list_display = ("name", "code", "starts_on", "source")
    inlines = (ProjectPlaceInline,)
    ordering = ("starts_on",)


@admin.register(Body)
class BodyAdmin(UnmadeAdmin):
    """Bodies are made and closed by the house; here only what registers elsewhere say of them."""

    list_display = ("name", "kind", "ipa_code", "pec", "closed_on")
    list_filter = ("kind",)
    search_fields = ("name__unaccent__icontains", "ipa_code")
    fields = ("name", "kind", "province_body", "ipa_code", "pec", "email_domain", "closed_on")
    readonly_fields = ("name", "kind", "province_body", "closed_on")

    ordering = (Func(F("name"), function="casa_sortable"),)
