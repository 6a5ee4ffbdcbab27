from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "casa.registry"
    label = "registry"
    verbose_name = "Anagrafe"
