"""Addresses of the intake, below `/carica/`."""

from django.urls import path

from casa.intake.views import files, sending, sharing

app_name = "intake"
urlpatterns = [
    path("", sending.upload, name="upload"),
    path("invia/", sending.send, name="send"),
    path("file/", files.uploads, name="files"),
    path("file/<uuid:token>/", files.upload, name="upload_detail"),
    path("file/<uuid:token>/prima-di-condividere/", sharing.before_sharing, name="share"),
    path("file/<uuid:token>/elimina/", files.discard, name="discard"),
    path("file/<uuid:token>/scarica/", files.download, name="download"),
]
