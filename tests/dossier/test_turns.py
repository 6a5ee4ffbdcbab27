"""«Tocca a…»: the office whose turn it is finds the next step among what it owes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casa.casework.services import Move
from casa.dossier import services
from casa.notices.models import Duty
from tests.dossier.makers import need, opened
from tests.factories import BodyFactory

pytestmark = pytest.mark.django_db


def move(dossier, code, actor, state="done", **more):
    step = dossier.case.steps.get(code=code)
    wanted = Move(state=state, **more)
    now, today = timezone.now(), timezone.localdate()
    return services.move(dossier.pk, step.pk, wanted, actor=actor, today=today, now=now)


def owed_by(body) -> list[str]:
    duties = Duty.objects.open().filter(kind=services.TURN, office__body=body)
    return [duty.title.partition(": ")[2] for duty in duties]


def test_the_turn_passes_from_the_comune_to_the_sua_and_back(author, officer, comune):
    sua = comune.province_body
    dossier = opened(author, supporter=sua)
    assert owed_by(comune) == ["Nominare il responsabile unico del progetto (RUP)"]
    assert owed_by(sua) == []

    for code in ("rup", "conflict", "programme", "specifications", "green", "decision", "request"):
        move(dossier, code, author)
    assert owed_by(comune) == []
    assert owed_by(sua) == ["Nominare il RUP dell'affidamento nella Stazione Unica Appaltante"]

    move(dossier, "rup", author, state="doing", due_on=timezone.localdate() + timedelta(days=3))
    assert owed_by(sua) == []
    assert Duty.objects.open().get(kind=services.TURN).due_on is not None


def test_who_opens_a_dossier_finds_the_duty_with_its_address(client, login, author):
    dossier = opened(author, asked=need("20000"))
    duty = Duty.objects.get(kind=services.TURN)
    login(client, author)
    assert duty.url == f"/fascicoli/{dossier.pk}/"
    assert client.get(duty.url).status_code == 200


def test_an_act_of_the_tender_does_its_step_and_a_finished_one_asks_for_nothing(author):
    dossier, now = opened(author, asked=need("20000")), timezone.now()
    today = timezone.localdate(now)
    services.verify(dossier.pk, on=today, actor=author, now=now)
    services.award(dossier.pk, on=today, cig="B1A2C3D4E5", actor=author, now=now)
    services.sign(dossier.pk, on=today, actor=author, now=now)
    done = dossier.case.steps.filter(state="done").values_list("code", "done_on")
    assert dict(done) == dict.fromkeys(("verification", "award", "signing"), today)

    for step in dossier.case.steps.exclude(state="done"):
        move(dossier, step.code, author)
    assert not Duty.objects.open().filter(kind=services.TURN).exists()


def test_the_duties_of_a_demonstration_go_with_its_tenders(person):
    demo = BodyFactory(is_demo=True, province_body=BodyFactory(kind="province"))
    opened(person("author", demo), supporter=demo.province_body)
    services.remove_demo(body_ids=[demo.pk])
    assert not Duty.objects.filter(kind=services.TURN).exists()
