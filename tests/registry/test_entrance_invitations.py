"""Inviting somebody by e-mail, and accepting."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.foundation.errors import Refused
from casa.registry.actor import actor_for
from casa.registry.models import Invitation, Mandate, Person, TrailLine
from casa.registry.services import invitations as services
from casa.registry.services.tokens import token_of
from tests.factories import PASSWORD, BodyFactory, MandateFactory, PersonFactory

pytestmark = pytest.mark.django_db

EMAIL = "invitata@comune.example"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def body():
    return BodyFactory(name="Comune di Prova")


@pytest.fixture
def boss(person, body):
    return person("administrator", body)


@pytest.fixture
def sent(boss, body, now):
    return invite(boss, body, now)


def invite(actor, body, now, email=EMAIL, role="author"):
    return services.invite(office=body.offices.get(), role=role, email=email, actor=actor, now=now)


def guest(email=EMAIL):
    return actor_for(PersonFactory(email=email), on=timezone.localdate())


def link_of(mail):
    return re.search(r"https?://[^/]+(/accesso/invito/\S+)", mail.body)[1]


def test_the_link_goes_to_the_address_and_only_its_digest_is_kept(
    boss, body, now, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        made = invite(boss, body, now, email=" Invitata@Comune.example ")

    assert mailoutbox[0].to == [EMAIL]
    token = link_of(mailoutbox[0]).split("/")[-2]
    assert services.invited_by(token) == made
    assert token not in str(Invitation.objects.values().get())
    assert made.expires_at == now + timedelta(days=14)
    assert TrailLine.objects.get().act == "registry.invitation.sent"


def test_inviting_twice_sends_one_mail(
    boss, body, now, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert invite(boss, body, now) == invite(boss, body, now)

    assert len(mailoutbox) == 1


def test_who_may_not_invite(person, body, now):
    for actor in (person("reviewer", body), person("administrator")):
        with pytest.raises(Refused):
            invite(actor, body, now)


def test_who_has_the_role_already_is_not_invited(boss, body, now):
    held = MandateFactory(body=body, role="author")

    with pytest.raises(Refused, match="ha già questo ruolo"):
        invite(boss, body, now, email=held.person.email.upper())


def test_accepting_gives_the_mandate_once_and_forgets_the_address(sent, body, now):
    actor = guest()

    services.accept(invitation=sent, actor=actor, now=now)
    services.accept(invitation=sent, actor=actor, now=now)

    mandate = Mandate.objects.get(person_id=actor.person_id)
    assert (mandate.body, mandate.role) == (body, "author")
    sent.refresh_from_db()
    assert (sent.accepted_by_id, sent.email) == (actor.id, "")
    assert TrailLine.objects.filter(act="registry.invitation.accepted").count() == 1


def test_somebody_else_does_not_accept(sent, boss, now):
    for other in (guest("altra@comune.example"), boss):
        with pytest.raises(Refused, match="esci e accedi"):
            services.accept(invitation=sent, actor=other, now=now)
    assert sent.accepted_at is None


def test_a_used_link_does_not_serve_anybody_else(sent, now):
    services.accept(invitation=sent, actor=guest(), now=now)

    with pytest.raises(Refused, match="già stato usato"):
        services.accept(invitation=sent, actor=guest("altra@comune.example"), now=now)


def test_a_revoked_or_old_link_does_not_open(boss, body, sent, now):
    actor = guest()
    with pytest.raises(Refused, match="scaduto"):
        services.accept(invitation=sent, actor=actor, now=now + timedelta(days=14))

    services.revoke(invitation=sent, actor=boss, now=now)
    with pytest.raises(Refused, match="ritirato"):
        services.accept(invitation=sent, actor=actor, now=now)


def test_sending_again_makes_a_new_link_and_closes_the_old_one(boss, sent, now):
    old = token_of(sent)

    again = services.send_again(invitation=sent, actor=boss, now=now + timedelta(days=1))

    assert services.invited_by(old) is None
    assert services.invited_by(token_of(again)) == again
    assert again.expires_at == now + timedelta(days=15)


def test_addresses_are_forgotten_after_ninety_days(sent, now):
    later = now + timedelta(days=14 + 90)

    assert services.forget_old_invitations(now=later) == 0
    assert services.forget_old_invitations(now=later + timedelta(seconds=1)) == 1
    sent.refresh_from_db()
    assert sent.email == ""


def test_a_newcomer_signs_up_from_the_link_without_another_confirmation(client, sent, mailoutbox):
    page = reverse("entrance:invitation", args=[token_of(sent)])
    text = client.get(page).content.decode()
    signup = f"{reverse('account_signup')}?next={page}"
    assert f'href="{signup}"' in text

    form = client.get(signup)
    assert f'value="{EMAIL}"' in form.content.decode()
    done = client.post(
        signup,
        {
            "given_name": "Nuova",
            "family_name": "Persona",
            "email": EMAIL,
            "password1": PASSWORD,
            "password2": PASSWORD,
            "next": page,
        },
    )
    assert done.url == page
    client.post(page)

    assert Mandate.objects.get(person=Person.objects.get(email=EMAIL)).role == "author"
    assert mailoutbox == []


def test_the_link_confirms_no_other_address(client, sent, mailoutbox):
    page = reverse("entrance:invitation", args=[token_of(sent)])
    client.get(page)

    client.post(
        reverse("account_signup"),
        {
            "given_name": "Altra",
            "family_name": "Persona",
            "email": "altra@comune.example",
            "password1": PASSWORD,
            "password2": PASSWORD,
        },
    )

    assert "_auth_user_id" not in client.session
    assert [mail.to for mail in mailoutbox] == [["altra@comune.example"]]


def test_who_has_an_account_logs_in_and_accepts(client, sent):
    somebody = PersonFactory(email=EMAIL)
    page = reverse("entrance:invitation", args=[token_of(sent)])
    client.get(page)

    entered = client.post(
        reverse("account_login"), {"login": EMAIL, "password": PASSWORD, "next": page}
    )
    assert entered.url == page
    accepted = client.post(page, follow=True)

    assert somebody.mandates.get().role == "author"
    assert "Ora lavori per il Comune di Prova." in accepted.content.decode()


def test_the_wrong_person_reads_what_to_do(client, login, sent):
    login(client, PersonFactory(email="altra@comune.example"))
    page = reverse("entrance:invitation", args=[token_of(sent)])

    text = client.get(page).content.decode()

    assert "Questo invito è per invitata@comune.example" in text
    assert client.post(page).status_code == 403


def test_an_unknown_link_says_so(client):
    response = client.get(reverse("entrance:invitation", args=["0" * 64]))

    assert response.status_code == 404
    assert "non corrisponde a nessun invito" in response.content.decode()


def test_who_is_invited_finds_it_among_their_mandates(client, login, boss, body):
    somebody = PersonFactory(email=EMAIL)
    sent = invite(boss, body, timezone.now())
    login(client, somebody)
    assert token_of(sent) in client.get(reverse("entrance:mine")).content.decode()

    login(client, PersonFactory(email="altra@comune.example"))
    assert token_of(sent) not in client.get(reverse("entrance:mine")).content.decode()


def test_an_account_made_after_the_invitation_is_shown_no_link(client, login, sent):
    """Who signed up with the invited address may be anybody until they open that mail."""
    login(client, PersonFactory(email=EMAIL))

    page = client.get(reverse("entrance:mine")).content.decode()

    assert token_of(sent) not in page
    assert "apri il collegamento nell'e-mail dell'invito" in page


def test_inviting_takes_an_unconfirmed_sign_up_out_of_the_way(boss, body, now):
    thief = PersonFactory(email=EMAIL, confirmed=False)

    sent = invite(boss, body, now)
    again = PersonFactory(email=EMAIL, confirmed=False)
    services.send_again(invitation=sent, actor=boss, now=now)

    assert not Person.objects.filter(pk__in=[thief.pk, again.pk]).exists()


@pytest.mark.parametrize("role", ["author", "reviewer", "administrator"])
def test_a_network_manager_does_not_invite_themselves(person, body, now, role):
    manager = person(network="manager")
    mine = Person.objects.get(pk=manager.id)

    with pytest.raises(Refused, match="sé stesso"):
        invite(manager, body, now, email=mine.email.upper(), role=role)

    sent = invite(manager, body, now, email="altra@ente.example", role=role)
    mine.email = "altra@ente.example"
    mine.save()
    with pytest.raises(Refused, match="sé stesso"):
        services.accept(invitation=sent, actor=manager, now=now)
    assert not Mandate.objects.filter(person=mine).exists()


def test_an_administrator_may_still_invite_themselves_to_write(boss, body, now):
    mine = Person.objects.get(pk=boss.id)

    with pytest.raises(Refused, match="ha già questo ruolo"):
        invite(boss, body, now, email=mine.email, role="administrator")
    sent = invite(boss, body, now, email=mine.email, role="author")
    services.accept(invitation=sent, actor=boss, now=now)

    assert Mandate.objects.filter(person=mine, role="author").exists()


@pytest.mark.parametrize("how", ["dismissed", "closed"])
def test_the_invitation_of_somebody_dismissed_opens_no_more(client, boss, body, sent, now, how):
    if how == "dismissed":
        Mandate.objects.filter(person_id=boss.id).update(role="author")
    else:
        Person.objects.filter(pk=boss.id).update(is_active=False)

    with pytest.raises(Refused, match="non amministra più"):
        services.accept(invitation=sent, actor=guest(), now=now)
    page = client.get(reverse("entrance:invitation", args=[token_of(sent)]))
    assert (page.status_code, "non amministra più" in page.content.decode()) == (404, True)


def test_another_administrator_may_send_it_again(person, boss, body, sent, now):
    Mandate.objects.filter(person_id=boss.id).update(role="author")

    again = services.send_again(invitation=sent, actor=person("administrator", body), now=now)
    services.accept(invitation=again, actor=guest(), now=now)

    assert Mandate.objects.filter(person__email=EMAIL, role="author").exists()


def test_who_signed_up_meanwhile_is_not_in_the_guests_way(client, sent, mailoutbox):
    PersonFactory(email=EMAIL, confirmed=False, given_name="Eva")
    page = reverse("entrance:invitation", args=[token_of(sent)])
    client.get(page)

    client.post(
        f"{reverse('account_signup')}?next={page}",
        {
            "given_name": "Nuova",
            "family_name": "Persona",
            "password1": PASSWORD,
            "password2": PASSWORD,
            "next": page,
        },
    )
    client.post(page)

    assert Mandate.objects.get(role="author").person.full_name == "Nuova Persona"
    assert Person.objects.filter(email=EMAIL).count() == 1
