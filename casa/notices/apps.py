from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "casa.notices"
    label = "notices"
    verbose_name = "Avvisi"

    def ready(self) -> None:
        from casa.foundation import navigation
        from casa.notices import offers, receivers, rounds, succession, things  # noqa: F401
        from casa.registry import trail

        trail.label("notices.duty.settled", _("ha fatto"))
        trail.word("outcome", _("esito"))
        trail.word("by_link", _("dalla mail dell'ufficio"))
        offers.register()
        rounds.register()
        succession.register()
        things.call("registry:body", _("Ente"))
        navigation.register_own(20, _("I miei avvisi"), "notices:mine")
