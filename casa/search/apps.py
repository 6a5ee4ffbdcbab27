from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "casa.search"
    label = "search"
    verbose_name = "Ricerca"
