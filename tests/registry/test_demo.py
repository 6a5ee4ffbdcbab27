"""The demonstration: made once, told to the operator, removed for ever."""

import stat
import time

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.foundation.errors import Refused
from casa.registry import demo as operator
from casa.registry.actor import SYSTEM, actor_for
from casa.registry.models import (
    Body,
    Invitation,
    JoinRequest,
    Mandate,
    Municipality,
    NetworkRole,
    Person,
    TrailLine,
)
from casa.registry.services import demo
from casa.registry.services.demo.cast import CAST, PROVINCES
from casa.registry.services.newsroom import seed_newsroom
from casa.registry.services.territory import seeds
from casa.registry.signals import demo_removed
from tests.factories import BodyFactory, MandateFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def house(settings, tmp_path, db):
    """A new house with its newsroom and a folder of its own."""
    settings.DATA_DIR = tmp_path
    return seed_newsroom(actor=SYSTEM, now=timezone.now())


def make(*, wanted=True):
    return demo.seed_demo(wanted=wanted, actor=SYSTEM, now=timezone.now(), tell=lambda _words: None)


def test_three_provinces_with_two_comuni_each_and_a_dozen_persons():
    make()
    bodies = Body.objects.filter(is_demo=True)

    assert bodies.filter(kind="province").count() == 3
    for province in bodies.filter(kind="province"):
        assert province.municipality_bodies.filter(is_demo=True).count() == 2
    assert Person.objects.filter(is_demo=True).count() == len(CAST) == 15
    assert all(body.offices.filter(is_default=True).exists() for body in bodies)


def test_every_province_has_who_writes_and_who_reviews():
    make()
    for province in Body.objects.filter(is_demo=True, kind="province"):
        roles = set(Mandate.objects.filter(body=province).values_list("role", flat=True))
        assert roles >= {"author", "reviewer"}


def test_no_name_of_the_demonstration_is_a_real_place():
    real = {row.name.casefold() for row in seeds.package_list().municipalities.values()}
    made = [*PROVINCES, *(name for below in PROVINCES.values() for name in below)]

    assert len(real) > 7000
    assert [name for name in made if name.split(" di ", 1)[1].casefold() in real] == []
    assert all(part.email.endswith(".example") for part in CAST)


def test_who_has_weighty_rights_has_a_second_factor_and_nobody_else():
    make()
    today = timezone.localdate()
    for person in Person.objects.filter(is_demo=True):
        strong = actor_for(person, on=today).needs_strong_login
        assert person.authenticator_set.filter(type="totp").exists() is strong


def test_the_password_stands_in_a_file_of_the_operator_and_opens_the_log_ins(tmp_path):
    make()
    file = tmp_path / "demo.txt"

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Person.objects.get(email=CAST[0].email).check_password(demo.password())
    assert len(demo.password()) == 19


def test_log_in_with_password_and_code(client):
    make()
    email = "ilaria@rete.example"
    answer = client.post(reverse("account_login"), {"login": email, "password": demo.password()})
    assert answer.url == reverse("mfa_authenticate")
    client.post(answer.url, {"code": operator.code(email)})

    assert client.get("/rete/registro/").status_code == 200


def test_a_code_is_what_an_app_would_show(monkeypatch):
    make()
    monkeypatch.setattr(time, "time", lambda: 1_800_000_000)
    codes = {operator.code("ilaria@rete.example"), operator.code("ilaria@rete.example")}

    assert len(codes) == 1
    assert all(len(code) == 6 and code.isdigit() for code in codes)


def test_no_code_is_given_for_anybody_real_or_without_one(login, client, person):
    make()
    manager = Person.objects.get(pk=person(network="manager").id)
    login(client, manager)

    for email in (manager.email, "marta@collefiorito.example", "nessuno@boh.example"):
        with pytest.raises(Refused, match="non è un account dimostrativo con un codice"):
            operator.code(email)


def test_the_operator_is_told_who_they_are_and_how_to_remove_them():
    make()
    words = operator.announce()

    for part in CAST:
        assert part.email in words
    assert demo.password() in words
    assert "casa demo --remove" in words
    assert "casa demo --code" in words
    assert "(Comune dimostrativo di Rocca Serena, Provincia dimostrativa di Valdombra)" in words
    assert "(Provincia dimostrativa di Valdombra)" in words


def test_a_lost_password_file_is_told(tmp_path):
    make()
    (tmp_path / "demo.txt").unlink()

    assert "La password non c'è più" in operator.announce()


def test_the_demonstration_is_made_once():
    assert make() is True
    assert make() is False
    assert Person.objects.filter(is_demo=True).count() == len(CAST)


def test_a_house_opened_without_it_never_gets_it_later():
    assert make(wanted=False) is False
    assert make() is False
    assert operator.announce() == ""
    assert Person.objects.filter(is_demo=True).count() == 0


def remove(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return demo.remove_demo(actor=SYSTEM, now=timezone.now())


def test_removing_it_closes_log_ins_mandates_and_bodies(
    django_capture_on_commit_callbacks, client, tmp_path
):
    make()
    secret = demo.password()
    assert remove(django_capture_on_commit_callbacks) is True

    assert Person.objects.filter(is_demo=True, is_active=True).count() == 0
    assert Person.objects.filter(is_demo=True).exclude(email="").count() == 0
    assert (
        Mandate.objects.in_force(on=timezone.localdate()).filter(person__is_demo=True).count() == 0
    )
    assert NetworkRole.objects.filter(person__is_demo=True).count() == 0
    assert Body.objects.in_use().filter(is_demo=True).count() == 0
    assert not (tmp_path / "demo.txt").exists()
    assert client.login(username=CAST[0].email, password=secret) is False


def test_what_was_removed_never_comes_back(django_capture_on_commit_callbacks):
    make()
    remove(django_capture_on_commit_callbacks)

    assert remove(django_capture_on_commit_callbacks) is False
    assert make() is False
    assert operator.announce() == ""


def test_upper_rooms_hear_of_it_after_commit(django_capture_on_commit_callbacks):
    make()
    heard = []

    def hear(*, body_ids, **_):
        heard.append(body_ids)

    demo_removed.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=False):
            demo.remove_demo(actor=SYSTEM, now=timezone.now())
        assert heard == []
    finally:
        demo_removed.disconnect(hear)


def test_upper_rooms_hear_which_bodies_went(django_capture_on_commit_callbacks):
    make()
    heard = []

    def hear(*, body_ids, **_):
        heard.extend(body_ids)

    demo_removed.connect(hear)
    try:
        remove(django_capture_on_commit_callbacks)
    finally:
        demo_removed.disconnect(hear)
    assert heard == sorted(Body.objects.filter(is_demo=True).values_list("pk", flat=True))


def test_real_people_and_bodies_stay(django_capture_on_commit_callbacks):
    make()
    real = MandateFactory(body=BodyFactory())
    played = MandateFactory(person=real.person, body=Body.objects.filter(is_demo=True).first())
    remove(django_capture_on_commit_callbacks)
    today = timezone.localdate()

    in_force = Mandate.objects.in_force(on=today)
    assert real in in_force
    assert played not in in_force
    real.person.refresh_from_db()
    assert real.person.is_active


def test_nobody_waits_at_a_door_that_is_no_more(django_capture_on_commit_callbacks):
    make()
    body = Body.objects.filter(is_demo=True).first()
    request = JoinRequest.objects.create(
        person=PersonFactory(), body=body, role="reader", message="x", asked_at=timezone.now()
    )
    remove(django_capture_on_commit_callbacks)

    request.refresh_from_db()
    assert request.state == "declined"
    assert request.reason.startswith("La dimostrazione è stata tolta.")
    assert Invitation.objects.filter(body=body, revoked_at=None).count() == 0


def test_both_stand_in_the_trail(django_capture_on_commit_callbacks, house):
    make()
    remove(django_capture_on_commit_callbacks)
    acts = TrailLine.objects.filter(act__startswith="registry.demo.").order_by("pk")

    assert [(line.act, line.body) for line in acts] == [
        ("registry.demo.created", house),
        ("registry.demo.removed", house),
    ]


def test_nothing_to_remove_is_said(django_capture_on_commit_callbacks):
    assert operator.remove() == "La dimostrazione non c'è: non c'era nulla da togliere."
    assert Municipality.objects.count() == 0
