from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "casa.library"
    label = "library"
    verbose_name = "Biblioteca"

    def ready(self) -> None:
        from casa.foundation import navigation
        from casa.library import duties, labels, offers, receivers, rounds, succession  # noqa: F401
        from casa.library.starter import rounds as starter
        from casa.registry import importers

        navigation.register(10, _("Biblioteca"), "library:catalogue")
        navigation.register_own(10, _("Il mio lavoro"), "library:work")
        duties.register()
        labels.register()
        offers.register()
        rounds.register()
        starter.register()
        succession.register()
        importers.offer("archive", "casa.library.archive_command.archive")
