"""The addresses of the house and, before them, those of the styleguide."""

from django.urls import path

from casa.urls import handler400, handler403, handler404, handler500
from casa.urls import urlpatterns as house
from tests.foundation import styleguide

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("guida-di-stile/", styleguide.components),
    path("guida-di-stile/modulo/", styleguide.form),
    path("guida-di-stile/conferma/", styleguide.confirm),
    path("guida-di-stile/rotta/", styleguide.broken),
    *house,
]
