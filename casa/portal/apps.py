from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "casa.portal"
    label = "portal"
    verbose_name = "Portale"

    def ready(self) -> None:
        from casa.foundation import navigation, schedule
        from casa.portal import queries

        navigation.register_footer(10, _("Accessibilità"), "portal:accessibility")
        navigation.register_footer(20, _("Privacy"), "portal:privacy")
        navigation.register_footer(30, _("Stato del servizio"), "portal:status")
        schedule.every(queries.BEAT_SECONDS, queries.beat, name="portal.beat")
