"""The addresses of search, under `/cerca/`."""

from django.urls import path

from casa.search import views

app_name = "search"
urlpatterns = [
    path("", views.results, name="results"),
]
