"""The addresses of search, under `/cerca/`."""

from django.urls import path

from casa.search.views import feeds, missing, results, saved, suggestions

app_name = "search"
urlpatterns = [
    path("", results.results, name="results"),
    path("suggerimenti/", suggestions.suggestions, name="suggestions"),
    path("feed/", feeds.public, name="feed"),
    path("feed/<str:token>/", feeds.private, name="own_feed"),
    path("salva/", saved.save, name="save"),
    path("mie/", saved.mine, name="saved"),
    path("mie/<int:pk>/", saved.change, name="change_saved"),
    path("mie/<int:pk>/elimina/", saved.delete, name="delete_saved"),
    path("mie/<int:pk>/quando/", saved.pace, name="pace"),
    path("mie/<int:pk>/basta/", saved.stop, name="stop"),
    path("mie/<int:pk>/feed/", saved.open_feed, name="open_feed"),
    path("mie/<int:pk>/feed/chiudi/", saved.close_feed, name="close_feed"),
    path("avvisi/<str:token>/", saved.stop_alerts, name="stop_alerts"),
    path("mancano/", missing.board, name="missing"),
    path("mancano/esporta/", missing.export, name="export_missing"),
    path("mancano/<int:pk>/", missing.one, name="missing_one"),
    path("mancano/<int:pk>/incarico/", missing.assign, name="assign_missing"),
    path("mancano/<int:pk>/risposta/", missing.answer, name="answer_missing"),
    path("mancano/<int:pk>/da-parte/", missing.put_aside, name="put_aside_missing"),
    path("mancano/<int:pk>/riapri/", missing.reopen, name="reopen_missing"),
]
