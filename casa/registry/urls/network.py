"""Addresses under /rete/: the bodies of the network, the trail, the import."""

app_name = "registry"
urlpatterns: list[object] = []
