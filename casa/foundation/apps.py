from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "casa.foundation"
    label = "foundation"
    verbose_name = "Fondamenta"
