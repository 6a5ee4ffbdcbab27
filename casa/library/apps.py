from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "casa.library"
    label = "library"
    verbose_name = "Biblioteca"
