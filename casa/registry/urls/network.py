"""Addresses under /rete/: the bodies of the network, the trail, the import."""

from django.urls import path

from casa.registry.views import attesting, bodies, imports, trail

app_name = "registry"
urlpatterns = [
    path("", bodies.bodies, name="bodies"),
    path("registro/", trail.lines, name="trail"),
    path("registro/esporta/", trail.export, name="trail_export"),
    path("importa/", imports.import_people, name="import"),
    path("importa/modello/", imports.template, name="import_template"),
    path("consegne/", attesting.overview, name="hand_overs"),
    path("<slug:slug>/", bodies.body, name="body"),
]
