"""Addresses of the library. `nuova`, `lavori` and `aggiorna` are never an entry's slug."""

from django.urls import path

from casa.library.views import catalogue, drafts, reading, reviews, steps, withdrawals

app_name = "library"
urlpatterns = [
    path("", catalogue.catalogue, name="catalogue"),
    path("nuova/", drafts.new_entry, name="new"),
    path("lavori/", catalogue.work, name="work"),
    path("aggiorna/", steps.choose_entry, name="renew"),
    path("<slug:slug>/", reading.entry, name="entry"),
    path("<slug:slug>/scheda/", drafts.edit_card, name="edit_card"),
    path("<slug:slug>/nuova-versione/", drafts.new_version, name="new_version"),
    path("<slug:slug>/ritira/", withdrawals.withdraw, name="withdraw"),
    path("<slug:slug>/versione/<int:number>/", reading.version, name="version"),
    path("<slug:slug>/versione/<int:number>/modifica/", drafts.edit_version, name="edit_version"),
    path("<slug:slug>/versione/<int:number>/invia/", steps.propose, name="propose"),
    path("<slug:slug>/versione/<int:number>/elimina/", steps.discard, name="discard"),
    path("<slug:slug>/versione/<int:number>/revisione/", reviews.review, name="review"),
    path(
        "<slug:slug>/versione/<int:number>/file/<int:position>/",
        reading.download,
        name="download",
    ),
]
