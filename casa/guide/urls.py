"""The addresses of the guide, below /guida/."""

from django.urls import path

from casa.guide.views import choosing, norms

app_name = "guide"
urlpatterns = [
    path("", choosing.home, name="home"),
    path("procedura/", choosing.choose, name="choose"),
    path("norme/", norms.norms, name="norms"),
]
