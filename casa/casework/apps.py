from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "casa.casework"
    label = "casework"
    verbose_name = "Pratiche"

    def ready(self) -> None:
        from casa.registry import trail

        trail.label("casework.step.moved", _("ha aggiornato un passo di"))
        trail.word("step", _("passo"))
        trail.word("state", _("stato"))
