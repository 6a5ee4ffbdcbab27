"""The addresses of the guide, below /guida/."""

from django.urls import path

from casa.guide.views import choosing, norms, rules

app_name = "guide"
urlpatterns = [
    path("", choosing.home, name="home"),
    path("procedura/", choosing.choose, name="choose"),
    path("soglie/", rules.rules, name="rules"),
    path("soglie/regole.csv", rules.as_csv, name="rules_csv"),
    path("soglie/regole.json", rules.as_json, name="rules_json"),
    path("norme/", norms.norms, name="norms"),
    path("norme/norma/", norms.norm, name="norm"),
]
