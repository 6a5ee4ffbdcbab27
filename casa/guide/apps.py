from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuideConfig(AppConfig):
    name = "casa.guide"
    label = "guide"
    verbose_name = "Guida"

    def ready(self) -> None:
        from casa.foundation import navigation
        from casa.notices import things
        from casa.registry import trail

        trail.label("guide.norms.loaded", _("ha aggiornato la tabella delle norme"))
        trail.label("guide.rules.loaded", _("ha aggiornato le regole della guida"))
        things.call("guide:norm", _("Norma"))
        navigation.register(20, _("Guida"), "guide:home")
