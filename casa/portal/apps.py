from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "casa.portal"
    label = "portal"
    verbose_name = "Portale"
