"""The addresses of notices, under `/avvisi/`."""

from django.urls import path

from casa.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("letti/", views.mark_read, name="mark_read"),
    path("segui/", views.follow, name="follow"),
    path("seguiti/", views.follows, name="follows"),
    path("seguiti/<int:pk>/", views.change_follow, name="change_follow"),
    path("seguiti/<int:pk>/smetti/", views.unfollow, name="unfollow"),
    path("ufficio/", views.duties, name="duties"),
    path("ufficio/<int:pk>/<slug:code>/", views.act, name="act"),
    path("atto/<str:token>/", views.act_by_link, name="act_by_link"),
    path("feed/<str:token>/", views.feed, name="feed"),
]
