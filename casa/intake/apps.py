from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "casa.intake"
    label = "intake"
    verbose_name = "Accettazione"
