from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "casa.search"
    label = "search"
    verbose_name = "Ricerca"

    def ready(self) -> None:
        from casa.registry.models.territory import MacroArea
        from casa.search import labels, names

        labels.register("pillar", label=_("Pilastro"), values=names.pillars)
        labels.register("body", label=_("Ente"), values=names.bodies, find=names.find_bodies)
        labels.register("region", label=_("Regione"), values={})
        labels.register("macro_area", label=_("Area"), values=dict(MacroArea.choices))
        labels.register("year", label=_("Anno"), values={})
