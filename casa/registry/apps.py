from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _

from casa.foundation import navigation


class RegistryConfig(AppConfig):
    name = "casa.registry"
    label = "registry"
    verbose_name = "Anagrafe"
    default = True

    def ready(self) -> None:
        from casa.registry import acts, receivers
        from casa.registry.services import administering

        acts.register()
        administering.register()
        receivers.connect()
        navigation.register(70, _("Rete"), "registry:bodies")


class BackOfficeConfig(admin_apps.AdminConfig):
    """Django's admin with our own site (see `casa.registry.back_office`)."""

    default = False
    default_site = "casa.registry.back_office.BackOffice"
