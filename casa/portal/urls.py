"""The house's front door and its small print."""

from django.urls import path

from casa.portal.views import home, pages, status, votes, wellknown

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("accessibilita/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("stato/", status.status, name="status"),
    path("stato/vivo", status.alive, name="alive"),
    path("utile/", votes.vote, name="vote"),
    path("robots.txt", wellknown.robots, name="robots"),
    path("favicon.ico", wellknown.favicon, name="favicon"),
    path(".well-known/security.txt", wellknown.security, name="security"),
]
