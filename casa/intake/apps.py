from django.apps import AppConfig
from django.utils import timezone


class IntakeConfig(AppConfig):
    name = "casa.intake"
    label = "intake"
    verbose_name = "Accettazione"

    def ready(self) -> None:
        from casa.foundation import schedule
        from casa.intake import services

        schedule.every(5, lambda: services.sweep(now=timezone.now()), name="intake.sweep")
        schedule.every(
            schedule.DAY, lambda: services.expire(now=timezone.now()), name="intake.expire"
        )
