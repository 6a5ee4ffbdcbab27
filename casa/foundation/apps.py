from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "casa.foundation"
    label = "foundation"
    verbose_name = "Fondamenta"

    def ready(self) -> None:
        from casa.foundation import upkeep

        upkeep.connect()
