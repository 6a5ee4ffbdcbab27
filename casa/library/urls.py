"""Addresses of the library. The first words of these are never an entry's slug."""

from django.urls import path

from casa.library.views import (
    catalogue,
    comparing,
    drafts,
    guided,
    imports,
    kit_desk,
    kits,
    reading,
    reviews,
    steps,
    withdrawals,
)

app_name = "library"
urlpatterns = [
    path("", catalogue.catalogue, name="catalogue"),
    path("nuova/", drafts.new_entry, name="new"),
    path("lavori/", catalogue.work, name="work"),
    path("aggiorna/", steps.choose_entry, name="renew"),
    path("confronta-file/<uuid:token>/", comparing.compare_file, name="compare_file"),
    path("quale/", guided.which, name="which"),
    path("importa/", imports.import_archive, name="import"),
    path("importa/modello.csv", imports.template, name="import_template"),
    path("importa/<int:pk>/", imports.run, name="import_run"),
    path("importa/<int:pk>/riprendi/", imports.resume, name="resume_import"),
    path("kit/", kits.kits, name="kits"),
    path("kit/nuovo/", kit_desk.new_kit, name="new_kit"),
    path("kit/<slug:slug>/", kits.kit, name="kit"),
    path("kit/<slug:slug>/zip/", kits.pack, name="kit_pack"),
    path("kit/<slug:slug>/scheda/", kit_desk.edit_kit, name="edit_kit"),
    path("kit/<slug:slug>/elementi/", kit_desk.items, name="kit_items"),
    path("kit/<slug:slug>/elementi/<int:item>/", kit_desk.arrange, name="arrange_kit"),
    path("kit/<slug:slug>/invia/", kit_desk.propose, name="propose_kit"),
    path("kit/<slug:slug>/elimina/", kit_desk.discard, name="discard_kit"),
    path("kit/<slug:slug>/riapri/", kit_desk.reopen, name="reopen_kit"),
    path("kit/<slug:slug>/revisione/", kit_desk.review, name="review_kit"),
    path("kit/<slug:slug>/ritira/", kit_desk.withdraw, name="withdraw_kit"),
    path("<slug:slug>/", reading.entry, name="entry"),
    path("<slug:slug>/scheda/", drafts.edit_card, name="edit_card"),
    path("<slug:slug>/nuova-versione/", drafts.new_version, name="new_version"),
    path("<slug:slug>/confronta/", comparing.compare, name="compare"),
    path("<slug:slug>/confronta/revisioni/", comparing.redline, name="redline"),
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
