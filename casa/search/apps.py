from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "casa.search"
    label = "search"
    verbose_name = "Ricerca"

    def ready(self) -> None:
        from casa.foundation import navigation
        from casa.notices import elsewhere
        from casa.registry import trail
        from casa.registry.models.territory import MacroArea
        from casa.search import acts, cpv, followed, labels, names, rounds, semantic, succession

        checks.register(semantic.check)
        trail.label("search.cpv.loaded", _("ha aggiornato i codici CPV"))
        labels.register("pillar", label=_("Pilastro"), values=names.pillars)
        labels.register("body", label=_("Ente"), values=names.bodies, find=names.find_bodies)
        labels.register("region", label=_("Regione"), values={})
        labels.register("macro_area", label=_("Area"), values=dict(MacroArea.choices))
        labels.register(
            "cpv_division", label=_("Settore CPV"), values=cpv.labels_of, find=cpv.divisions_named
        )
        labels.register("year", label=_("Anno"), values={})
        acts.register()
        elsewhere.register(followed.kept_by)
        rounds.register()
        succession.register()
        navigation.register_own(30, _("Le mie ricerche"), "search:saved")
