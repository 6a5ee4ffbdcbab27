"""The addresses of notices, under `/avvisi/`."""

from django.urls import path

from casa.notices.views import duties, feeds, following, mine, muting

app_name = "notices"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("letti/", mine.mark_read, name="mark_read"),
    path("segui/", following.follow, name="follow"),
    path("seguiti/", following.follows, name="follows"),
    path("seguiti/<int:pk>/", following.change_follow, name="change_follow"),
    path("seguiti/<int:pk>/smetti/", following.unfollow, name="unfollow"),
    path("seguiti/<int:pk>/riprendi/", following.resume, name="resume"),
    path("seguiti/<int:pk>/feed/", following.open_feed, name="open_feed"),
    path("seguiti/<int:pk>/feed/chiudi/", following.close_feed, name="close_feed"),
    path("ufficio/", duties.duties, name="duties"),
    path("ufficio/<int:pk>/<slug:code>/", duties.act, name="act"),
    path("atto/<str:token>/", duties.act_by_link, name="act_by_link"),
    path("basta/<str:token>/", muting.mute, name="mute"),
    path("feed/<str:token>/", feeds.own, name="feed"),
    path("ente/<slug:slug>/", feeds.body, name="body"),
    path("ente/<slug:slug>/feed/", feeds.body_feed, name="body_feed"),
]
