"""Addresses under /accesso/: log-in (allauth's views, by their own names) and the ways in.

Views of allauth that nobody uses here are not mounted.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, URLResolver, include, path, re_path

from casa.registry.views import (
    attesting,
    entrance,
    kept,
    mandates,
    offices,
    people,
    requests,
    silence,
    succession,
    switch,
)
from casa.registry.views.account import corrected, strengthen
from casa.registry.views.addresses import by_its_owner, keep_address, my_address
from casa.registry.views.closing import close_login
from casa.registry.views.second_factor import reset_factor

Routes = list[URLPattern | URLResolver]

login: Routes = [
    path("", corrected(account.login), name="account_login"),
    path("iscriviti/", corrected(account.signup), name="account_signup"),
    path("esci/", account.logout, name="account_logout"),
    path("disattivato/", account.account_inactive, name="account_inactive"),
    path("indirizzo/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(
        r"^indirizzo/(?P<key>[-:\w]+)/$",
        by_its_owner(account.confirm_email),
        name="account_confirm_email",
    ),
]
passwords: Routes = [
    path("", corrected(account.password_reset), name="account_reset_password"),
    path("inviata/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^nuova/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        corrected(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "fatto/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("cambia/", corrected(account.password_change), name="account_change_password"),
    path("imposta/", corrected(account.password_set), name="account_set_password"),
]
security: Routes = [
    path("", mfa.index, name="mfa_index"),
    path("indirizzo/", my_address, name="account_email"),
    path("password/", corrected(account.reauthenticate), name="account_reauthenticate"),
    path("codice/", corrected(mfa.authenticate), name="mfa_authenticate"),
    path("codice/conferma/", corrected(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("attiva/", corrected(totp.activate_totp), name="mfa_activate_totp"),
    path("togli/", corrected(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("codici/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codici/nuovi/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codici/scarica/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
body: Routes = [
    path("persone/", people.people, name="people"),
    path("persone/invita/", people.invite, name="invite"),
    path("persone/<int:pk>/ruolo/", mandates.change_role, name="change_role"),
    path("persone/<int:pk>/concludi/", succession.end, name="end"),
    path("persone/<int:pk>/riconferma/", attesting.confirm, name="confirm"),
    path("persone/<int:pk>/non-serve/", attesting.end_now, name="end_now"),
    path("riconferma/", attesting.attest, name="attest"),
    path("persone/<int:pk>/sospendi/", mandates.suspend, name="suspend"),
    path("persone/<int:pk>/silenzio/", silence.suspend, name="suspend_silent"),
    path("persone/<int:pk>/riattiva/", mandates.resume, name="resume"),
    path("persone/<int:pk>/chiudi-accesso/", close_login, name="close_login"),
    path("persone/<int:pk>/verifica/", reset_factor, name="reset_factor"),
    path("inviti/<int:pk>/rimanda/", people.send_again, name="send_again"),
    path("inviti/<int:pk>/ritira/", people.revoke, name="revoke"),
    path("uffici/nuovo/", offices.open_office, name="open_office"),
    path("uffici/<int:pk>/", offices.rename_office, name="rename_office"),
    path("uffici/<int:pk>/chiudi/", offices.close_office, name="close_office"),
]
ways_in: Routes = [
    path("mandati/", entrance.mine, name="mine"),
    path("mandati/<int:pk>/lascia/", succession.leave, name="leave"),
    path("mandati/<int:pk>/riprendi/", silence.ask_back, name="ask_back"),
    path("mandati/<int:pk>/ricevuta/", succession.receipt, name="receipt"),
    path("rafforza/", strengthen, name="strengthen"),
    path("sicurezza/indirizzo/annulla/", keep_address, name="keep_address"),
    path("opera-per/", switch.switch, name="switch"),
    path("chiedi/<slug:slug>/", entrance.ask, name="ask"),
    path("ente-da-aprire/", entrance.ask_new, name="ask_new"),
    path("invito/<str:token>/", entrance.invitation, name="invitation"),
    path("richieste/", requests.requests, name="requests"),
    path("richieste/<int:pk>/apri-ente/", requests.open_body, name="open_body"),
    path("richieste/<int:pk>/accogli/", requests.accept, name="accept"),
    path("richieste/<int:pk>/rispondi/", requests.decline, name="decline"),
    path("richieste/<int:pk>/ritira/", entrance.withdraw, name="withdraw"),
    path("moduli/salva/", kept.keep, name="keep_form"),
    path("moduli/ricomincia/", kept.forget, name="forget_form"),
    path("enti/<slug:slug>/", include(body)),
]

urlpatterns = [
    *login,
    path("password/", include(passwords)),
    path("sicurezza/", include(security)),
    path("", include((ways_in, "entrance"))),
]
