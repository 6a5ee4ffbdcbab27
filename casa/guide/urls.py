"""The addresses of the guide, below /guida/."""

from django.urls import path

from casa.guide import views

app_name = "guide"
urlpatterns = [
    path("", views.home, name="home"),
    path("norme/", views.norms, name="norms"),
]
