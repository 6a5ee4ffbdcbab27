"""The addresses of dossiers, below /fascicoli/."""

from django.urls import path

from casa.dossier import views
from casa.dossier.routes import times
from casa.dossier.views import archive, closing, naming, parcels, recognising, similar

app_name = "dossier"
urlpatterns = [
    path("", views.dossiers, name="list"),
    path("nuovo/", views.new, name="new"),
    path("importa/", archive.restore, name="restore"),
    path("riconosci/<uuid:token>/", recognising.recognise, name="recognise"),
    path("<int:pk>/archivio/", archive.archive, name="archive"),
    path("gare-simili/", similar.of_need, name="similar_to_need"),
    path("<int:pk>/", views.dossier, name="dossier"),
    path("<int:pk>/dati/", views.describe, name="describe"),
    path("<int:pk>/bisogno/", views.need, name="need"),
    path("<int:pk>/responsabili/", naming.officers, name="officers"),
    path("<int:pk>/lotti/", views.lots, name="lots"),
    path("<int:pk>/modelli/", views.models, name="models"),
    path("<int:pk>/modelli/metti/", views.lay_ready, name="lay_ready"),
    path("<int:pk>/passi/<int:step>/", views.step, name="step"),
    path("<int:pk>/passi/<int:step>/documenti/", views.papers, name="papers"),
    path("<int:pk>/documenti/<int:paper>/", views.file, name="file"),
    path("<int:pk>/documenti/<int:paper>/togli/", views.take_away, name="take_away"),
    path("<int:pk>/domande/", views.questions, name="questions"),
    path("<int:pk>/domande/una/", views.resume, name="resume"),
    path("<int:pk>/domande/una/<slug:name>/", views.question, name="question"),
    path("<int:pk>/da-compilare/", views.documents, name="documents"),
    path("<int:pk>/da-compilare/produci/", views.produce_all, name="produce_all"),
    path("<int:pk>/da-compilare/<int:paper>/produci/", views.produce, name="produce"),
    path("<int:pk>/da-compilare/scarica/", parcels.collect, name="collect"),
    path("<int:pk>/pacchi/<int:parcel>/", parcels.parcel, name="parcel"),
    path("<int:pk>/prodotti/<int:product>/", views.product, name="product"),
    path("<int:pk>/cronologia/", views.history, name="history"),
    path("<int:pk>/gare-simili/", similar.of_dossier, name="similar"),
    path("<int:pk>/chiusura/", closing.closing, name="closing"),
    path("<int:pk>/chiusura/condividi/", closing.share, name="share"),
    path("<int:pk>/chiusura/prodotti/<int:product>/", closing.bring, name="bring"),
    path("<int:pk>/chiusura/riapri/", closing.reopen, name="reopen"),
    *times,
    path("<int:pk>/pubblicazione/", views.publish, name="publish"),
    path("<int:pk>/rettifica/", views.correct, name="correct"),
    path("<int:pk>/operatori/", views.participants, name="participants"),
    path("<int:pk>/commissione/", views.commission, name="commission"),
    path("<int:pk>/verifica/", views.verify, name="verify"),
    path("<int:pk>/aggiudicazione/", views.award, name="award"),
    path("<int:pk>/firma/", views.sign, name="sign"),
]
