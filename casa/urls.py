"""The addresses of the house, room by room. Paths are Italian."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("accesso/", include("casa.registry.urls.entrance")),
    path("rete/", include("casa.registry.urls.network")),
    path("avvisi/", include("casa.notices.urls")),
    path("carica/", include("casa.intake.urls")),
    path("cerca/", include("casa.search.urls")),
    path("guida/", include("casa.guide.urls")),
    path("biblioteca/", include("casa.library.urls")),
    path("fascicoli/", include("casa.dossier.urls")),
    path("redazione/", admin.site.urls),
    path("", include("casa.portal.urls")),
]

handler400 = "casa.portal.views.errors.bad_request"
handler403 = "casa.portal.views.errors.forbidden"
handler404 = "casa.portal.views.errors.not_found"
handler500 = "casa.portal.views.errors.server_error"
