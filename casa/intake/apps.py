from django.apps import AppConfig
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "casa.intake"
    label = "intake"
    verbose_name = "Accettazione"

    def ready(self) -> None:
        from casa.foundation import navigation, schedule
        from casa.intake import acts, services

        acts.register()
        navigation.register_own(20, _("I file dell'ente"), "intake:files", for_body=True)

        schedule.every(5, lambda: services.sweep(now=timezone.now()), name="intake.sweep")
        schedule.every(
            5, lambda: services.sweep_copies(now=timezone.now()), name="intake.sweep_copies"
        )
        schedule.every(
            schedule.DAY, lambda: services.expire(now=timezone.now()), name="intake.expire"
        )
