"""Log-in, sign-up, password, second factor, and the trail they leave."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from casa.registry.models import Person, TrailLine
from tests.factories import PASSWORD, BodyFactory, MandateFactory, PersonFactory

pytestmark = pytest.mark.django_db

NEW = "un-altra-parola-lunga"


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def code_of(secret):
    _, now, _ = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, now))


def with_factor(somebody):
    secret = generate_totp_secret()
    TOTP.activate(somebody, secret)
    return secret


def enter(client, somebody, password=PASSWORD, **more):
    data = {"login": somebody.email, "password": password, **more}
    return client.post(reverse("account_login"), data)


def acts():
    return list(TrailLine.objects.order_by("pk").values_list("act", flat=True))


def links(mail):
    return re.findall(r"https?://[^/]+(/\S+)", mail.body)


def test_email_and_password_open_the_door(client):
    somebody = MandateFactory().person

    response = enter(client, somebody)

    assert response.url == reverse("portal:home")
    line = TrailLine.objects.get()
    assert (line.act, line.person, line.details) == (
        "registry.login.done",
        somebody,
        {"address": "127.0.0.1"},
    )


def test_the_session_key_changes_and_lasts_half_a_day(client):
    client.get(reverse("account_login"))
    client.session["seen"] = True
    session = client.session
    session.save()
    before = session.session_key

    enter(client, PersonFactory())

    assert client.session.session_key != before
    assert client.session.get_expiry_age() == 12 * 60 * 60


def test_who_works_for_nobody_yet_lands_where_one_asks(client):
    assert enter(client, PersonFactory()).url == reverse("entrance:mine")


@pytest.mark.parametrize("known", [True, False])
def test_a_wrong_password_says_the_same_of_known_and_unknown_addresses(client, known):
    address = PersonFactory().email if known else "nessuno@ente.example"

    response = client.post(reverse("account_login"), {"login": address, "password": "sbagliata"})

    assert response.status_code == 422
    page = response.content.decode()
    assert "Indirizzo e-mail o password non corretti" in page
    assert address in page
    line = TrailLine.objects.get()
    assert line.act == "registry.login.failed"
    assert line.person is None
    assert "sbagliata" not in str(line.details)


def test_the_trail_names_the_person_only_when_there_is_one(client):
    somebody = PersonFactory()

    enter(client, somebody, "sbagliata")
    client.post(reverse("account_login"), {"login": "x@ente.example", "password": "sbagliata"})

    known, unknown = TrailLine.objects.order_by("pk")
    assert known.subject_key == f"registry:person:{somebody.pk}"
    assert unknown.subject_key == "registry:person:unknown"
    assert "x@ente.example" not in str(unknown.details)
    assert len(unknown.details["email"]) == 32


def test_after_five_wrong_passwords_even_the_right_one_waits(client):
    somebody = PersonFactory()
    for _ in range(5):
        enter(client, somebody, "sbagliata")

    response = enter(client, somebody)

    assert response.status_code == 422
    assert "Troppi tentativi non riusciti" in response.content.decode()


def test_too_many_calls_from_one_address_get_a_page_in_italian(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    for _ in range(2):
        enter(client, PersonFactory())
        client.logout()

    response = enter(client, PersonFactory())

    assert response.status_code == 429
    assert "Aspetta qualche minuto" in response.content.decode()


@pytest.mark.parametrize("password", [PASSWORD, "sbagliata"])
def test_a_deactivated_person_does_not_come_in(client, password):
    somebody = PersonFactory(is_active=False)

    response = enter(client, somebody, password)

    assert "_auth_user_id" not in client.session
    assert "registry.login.done" not in acts()
    expected = reverse("account_inactive") if password == PASSWORD else None
    assert getattr(response, "url", None) == expected


def test_deactivating_ends_the_session_at_once(client, login):
    somebody = login(client, PersonFactory()) and Person.objects.get()
    assert client.get(reverse("entrance:mine")).status_code == 200

    somebody.is_active = False
    somebody.save()

    assert client.get(reverse("entrance:mine")).status_code == 302


def test_leaving_takes_a_post(client, login):
    login(client, PersonFactory())

    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))

    assert "_auth_user_id" not in client.session
    assert acts() == ["registry.login.ended"]


def sign_up(client, email="nuova@comune.example", **more):
    data = {
        "given_name": "Nuova",
        "family_name": "Persona",
        "email": email,
        "password1": PASSWORD,
        "password2": PASSWORD,
        **more,
    }
    return client.post(reverse("account_signup"), data)


def test_signing_up_confirms_the_address_first(client, mailoutbox):
    response = sign_up(client)

    assert response.url == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session
    made = Person.objects.get()
    assert (made.full_name, made.email) == ("Nuova Persona", "nuova@comune.example")
    assert mailoutbox[0].subject == "[Casa dei Comuni] Conferma il tuo indirizzo e-mail"

    confirmed = client.post(links(mailoutbox[0])[0])

    assert confirmed.url == reverse("entrance:mine")
    assert acts() == [
        "registry.person.signed_up",
        "registry.email.confirmed",
        "registry.login.done",
    ]


def test_an_unconfirmed_address_does_not_come_in(client):
    somebody = PersonFactory(confirmed=False)

    assert enter(client, somebody).url == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session


def test_signing_up_with_a_known_address_looks_the_same_and_tells_its_owner(client, mailoutbox):
    somebody = PersonFactory()

    response = sign_up(client, email=somebody.email)

    assert response.url == reverse("account_email_verification_sent")
    assert Person.objects.count() == 1
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        ([somebody.email], "[Casa dei Comuni] Hai già un account")
    ]


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("corta", "servono almeno 12 caratteri"),
        ("123456789012345", "interamente numerica"),
        ("nuovapersona1", "troppo simile"),
    ],
)
def test_weak_passwords_are_refused_and_the_rest_is_kept(client, password, says):
    response = sign_up(client, password1=password, password2=password)

    assert response.status_code == 422
    page = response.content.decode()
    assert says in page
    assert "nuova@comune.example" in page
    assert not Person.objects.exists()


def test_a_forgotten_password_is_replaced_by_a_link_that_serves_once(client, mailoutbox):
    somebody = PersonFactory()

    client.post(reverse("account_reset_password"), {"email": somebody.email})
    link = links(mailoutbox[0])[0]
    form = client.get(link)
    client.post(form.url, {"password1": NEW, "password2": NEW})

    somebody.refresh_from_db()
    assert somebody.check_password(NEW)
    assert acts() == ["registry.password.reset"]
    assert "Il collegamento non vale più" in client.get(link).content.decode()


def test_asking_for_an_unknown_address_looks_the_same(client, mailoutbox):
    response = client.post(reverse("account_reset_password"), {"email": "x@ente.example"})

    assert response.url == reverse("account_reset_password_done")
    assert "non c'è nessun account" in mailoutbox[0].body


def test_a_reset_password_does_not_open_without_the_second_factor(client, mailoutbox):
    somebody = PersonFactory()
    with_factor(somebody)

    client.post(reverse("account_reset_password"), {"email": somebody.email})
    form = client.get(links(mailoutbox[0])[0])
    client.post(form.url, {"password1": NEW, "password2": NEW})

    assert "_auth_user_id" not in client.session
    assert enter(client, somebody, NEW).url == reverse("mfa_authenticate")


def test_changing_the_password_ends_the_other_sessions(client, django_user_model):
    somebody = PersonFactory()
    other = type(client)()
    enter(client, somebody)
    enter(other, somebody)

    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )

    assert client.get(reverse("entrance:mine")).status_code == 200
    assert other.get(reverse("entrance:mine")).status_code == 302
    assert acts()[-1] == "registry.password.changed"


def test_the_code_follows_the_password(client):
    somebody = PersonFactory()
    secret = with_factor(somebody)

    assert enter(client, somebody).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 422
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})

    assert client.session["_auth_user_id"] == str(somebody.pk)
    assert acts() == ["registry.login.failed", "registry.login.done"]


def test_a_code_is_not_accepted_twice(client):
    somebody = PersonFactory()
    code = code_of(with_factor(somebody))
    enter(client, somebody)
    client.post(reverse("mfa_authenticate"), {"code": code})
    other = type(client)()

    enter(other, somebody)
    other.post(reverse("mfa_authenticate"), {"code": code})

    assert "_auth_user_id" not in other.session


@pytest.mark.django_db(transaction=True)
def test_setting_the_second_factor_up_gives_recovery_codes_and_the_rights(client):
    body = BodyFactory()
    boss = MandateFactory(body=body, role="administrator").person
    enter(client, boss)
    people = reverse("entrance:people", args=[body.slug])
    assert client.get(people).status_code == 302

    page = client.get(reverse("mfa_activate_totp"))
    code = code_of(page.context["form"].secret)
    done = client.post(reverse("mfa_activate_totp"), {"code": code})

    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    assert done.url == reverse("mfa_view_recovery_codes")
    assert "Restano 10 codici su 10" in client.get(done.url).content.decode()
    assert client.get(people).status_code == 200
    assert acts() == ["registry.login.done", "registry.second_factor.added"]


def test_old_trail_lines_keep_no_password(client):
    somebody = PersonFactory()
    enter(client, somebody, "una-parola-segreta")
    enter(client, somebody)

    for line in TrailLine.objects.all():
        assert "segreta" not in str(line.__dict__)
        assert PASSWORD not in str(line.__dict__)


def test_mandates_end_without_logging_out(client, login):
    mandate = MandateFactory()
    login(client, mandate.person)
    mandate.ends_on = timezone.localdate() - timedelta(days=1)
    mandate.save()

    assert "Non hai ancora mandati" not in client.get(reverse("entrance:mine")).content.decode()
    assert client.get(reverse("entrance:switch")).context["bodies"] == []
