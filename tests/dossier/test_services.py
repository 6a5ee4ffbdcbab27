"""From the need to the contract: what is done in which order, and what is refused."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from casa.casework.models import Step
from casa.casework.services import Move, move_step
from casa.dossier import services
from casa.dossier.models import Dossier, Participant
from casa.foundation.errors import Refused
from casa.registry.models import TrailLine
from tests.dossier.makers import need, opened

pytestmark = pytest.mark.django_db
CIG = "B1A2C3D4E5"


def publish(dossier, actor, *, days=20, now=None):
    now = now or timezone.now()
    due = now + timedelta(days=days)
    return services.publish(
        dossier.pk, cig=CIG, on=now.date(), offers_due_at=due, actor=actor, now=now
    )


def test_a_need_becomes_a_dossier_with_the_steps_of_its_procedure(author):
    made = opened(author, asked=need("120000", cpv="55523100"), title="Refezione scolastica")

    assert (made.procedure, made.who, made.stage) == ("direct_award", "self", "preparing")
    assert "140.000,00" in made.procedure_why
    codes = [step.code for step in made.case.steps.all()]
    assert "quotes" in codes
    assert {"publication", "commission", "request", "award_officer"} & set(codes) == set()
    assert set(made.case.steps.values_list("side", flat=True)) == {"owner"}
    assert TrailLine.objects.get(act="dossier.dossier.opened").body == made.case.office.body


def test_with_a_sua_the_steps_are_of_two_bodies(dossier):
    sides = dict(dossier.case.steps.values_list("code", "side"))
    assert sides["specifications"] == sides["decision"] == "owner"
    assert sides["award_officer"] == sides["publication"] == "supporter"
    assert (dossier.procedure, dossier.who) == ("negotiated_5", "self")


def test_lots_are_kept(author):
    asked = need("240000", lots=(need("90000").amount, need("150000").amount))
    assert [lot.number for lot in opened(author, asked=asked).lots.all()] == [1, 2]


def test_where_the_guide_names_no_procedure_nothing_is_opened(author):
    asked = type(need())(kind="works", amount=need().amount, on=date(2023, 6, 30))
    with pytest.raises(Refused, match="la guida non sa dire la procedura"):
        opened(author, asked=asked)
    assert not Dossier.objects.exists()


def test_a_body_does_not_help_itself_and_a_reader_opens_nothing(author, comune, person):
    with pytest.raises(Refused, match="dev'essere un altro"):
        opened(author, supporter=comune)
    with pytest.raises(Refused, match="li apre chi scrive"):
        opened(person("reader", comune))


def test_codes_and_officers_are_written_until_the_notice(dossier, author, officer, person):
    ours, theirs = (type(dossier)._meta.get_field("rup").related_model.objects.get(pk=one.id)
                    for one in (author, officer))  # fmt: skip
    first = services.Data(title="Pulizia", award_officer=theirs)
    services.describe(dossier.pk, first, actor=officer, now=timezone.now())
    data = services.Data(title="Pulizia", cup="G59F19000090007", rup=ours, award_officer=theirs)
    made = services.describe(dossier.pk, data, actor=author, now=timezone.now())
    assert (made.case.title, made.cig, made.rup, made.award_officer) == (
        "Pulizia",
        "",
        ours,
        theirs,
    )

    wrong = services.Data(title="Pulizia", rup=theirs, award_officer=theirs)
    with pytest.raises(Refused, match="non ha un mandato"):
        services.describe(dossier.pk, wrong, actor=author, now=timezone.now())
    publish(dossier, officer)
    with pytest.raises(Refused, match="solo con una rettifica"):
        services.describe(dossier.pk, data, actor=author, now=timezone.now())


def test_a_bad_code_is_refused_and_nothing_is_written(dossier, author):
    with pytest.raises(ValidationError):
        services.describe(
            dossier.pk, services.Data(title="X", cig="12"), actor=author, now=timezone.now()
        )
    dossier.refresh_from_db()
    assert dossier.cig == ""


def test_publication_freezes_and_wants_cig_and_a_later_deadline(dossier, author, officer):
    with pytest.raises(Refused, match="chi lavora per l'ente che conduce la gara"):
        publish(dossier, author)
    with pytest.raises(Refused, match="viene dopo"):
        publish(dossier, officer, days=0)
    made = publish(dossier, officer)
    assert (made.stage, made.cig, made.is_frozen) == ("published", CIG, True)
    with pytest.raises(Refused, match="già pubblicata"):
        publish(dossier, officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(cig="")


def test_after_publication_only_a_corrigendum_with_a_longer_term_changes_anything(dossier, officer):
    now = timezone.now()
    published = publish(dossier, officer, now=now)

    def correct(days, at=now):
        return services.correct(
            dossier.pk, reason="Cambia il capitolato", on=now.date(),
            offers_due_at=now + timedelta(days=days), actor=officer, now=at,
        )  # fmt: skip

    with pytest.raises(Refused, match="sposta in avanti il termine"):
        correct(20)
    made = correct(30)
    dossier.refresh_from_db()
    assert dossier.offers_due_at == made.offers_due_at > published.offers_due_at
    with pytest.raises(Refused, match="non si rettifica più"):
        correct(60, at=now + timedelta(days=31))


def test_a_direct_award_is_not_published_but_verified_awarded_and_signed(author):
    made = opened(author, asked=need("20000"))
    now = timezone.now()
    with pytest.raises(Refused, match="non si pubblica"):
        publish(made, author)
    with pytest.raises(Refused, match="si verificano i requisiti"):
        services.award(made.pk, on=now.date(), actor=author, now=now)
    services.verify(made.pk, on=now.date(), actor=author, now=now)
    services.award(made.pk, on=now.date(), actor=author, now=now)
    with pytest.raises(Refused, match="serve il CIG"):
        services.sign(made.pk, on=now.date(), actor=author, now=now)
    services.award(made.pk, on=now.date(), cig=CIG, actor=author, now=now)
    done = services.sign(made.pk, on=now.date(), actor=author, now=now)
    assert (done.stage, done.cig) == ("signed", CIG)


def test_commission_after_the_deadline_verification_before_the_award(dossier, author, officer):
    now = timezone.now()
    publish(dossier, officer, now=now)
    later = now + timedelta(days=21)
    with pytest.raises(Refused, match="dopo la scadenza delle offerte"):
        services.name_commission(dossier.pk, on=now.date(), actor=officer, now=now)
    with pytest.raises(Refused, match="Prima si nomina la commissione"):
        services.verify(dossier.pk, on=later.date(), actor=officer, now=later)
    services.name_commission(dossier.pk, on=later.date(), actor=officer, now=later)
    services.verify(dossier.pk, on=later.date(), actor=officer, now=later)
    with pytest.raises(Refused, match="si verificano i requisiti"):
        services.award(dossier.pk, on=now.date(), actor=author, now=later)
    made = services.award(dossier.pk, on=later.date(), actor=author, now=later)
    assert made.stage == "awarded"
    with pytest.raises(Refused, match="non può essere nel futuro"):
        services.sign(dossier.pk, on=later.date() + timedelta(days=9), actor=author, now=later)


def test_operators_are_listed_once_and_the_trail_names_nobody(dossier, author, officer):
    now = timezone.now()
    given = {"role": "invited", "name": "Alfa di prova S.r.l.", "now": now}
    services.list_participant(dossier.pk, actor=officer, **given)
    with pytest.raises(Refused, match="già nell'elenco"):
        services.list_participant(dossier.pk, actor=officer, **given)
    with pytest.raises(Refused, match="conduce la gara"):
        services.list_participant(dossier.pk, actor=author, **given)
    assert Participant.objects.count() == 1
    line = TrailLine.objects.get(act="dossier.dossier.listed")
    assert "Alfa" not in f"{line.details} {line.subject_name}"


def test_steps_are_moved_by_the_body_whose_turn_it_is(dossier, author, officer):
    now, today = timezone.now(), timezone.localdate()
    mine = dossier.case.steps.get(code="specifications")
    theirs = dossier.case.steps.get(code="award_officer")

    def move(step, actor, **values):
        return move_step(step.pk, Move(**values), actor=actor, today=today, now=now)

    done = move(mine, author, state="done")
    assert (done.state, done.done_on) == ("done", today)
    move(mine, author, state="done")
    assert TrailLine.objects.filter(act="casework.step.moved").count() == 1
    assert move(mine, author, state="doing").done_on is None
    with pytest.raises(Refused, match="tocca all'altro ente"):
        move(theirs, author, state="done")
    with pytest.raises(Refused, match="scrivi nella nota"):
        move(theirs, officer, state="skipped")
    assert move(theirs, officer, state="skipped", note="Già nominato").is_over
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.filter(pk=mine.pk).update(state="done", done_on=None)
