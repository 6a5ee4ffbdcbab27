"""The end of a dossier and what is shared of it: only what was cleaned, without names, once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from casa.casework.services import Move
from casa.dossier import figures, services
from casa.dossier.models import Closing, Product, SharedTender, Sharing
from casa.dossier.operators import named_in
from casa.dossier.queries.sharing import Need, documents_of
from casa.dossier.services import sharing
from casa.dossier.services.closing import End, close, reopen
from casa.foundation.errors import Refused
from casa.intake.models import CleanedCopy
from casa.library import services as library
from casa.library.models import Entry
from casa.notices.models import Duty
from casa.registry.models import TrailLine
from tests.dossier.endings import (
    EMPTY,
    FIRM,
    carried_out,
    cleaned,
    end,
    fresh,
    lay,
    share,
    signed,
)
from tests.library.makers import NOON, PillarFactory, UploadFactory, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def tender(author):
    return signed(author)


def test_days_are_counted_from_the_last_thing_done_before(tender):
    steps = {step.code: step for step in tender.case.steps.all()}
    for code, day in (("rup", 4), ("conflict", 11), ("specifications", 31), ("award", 30)):
        steps[code].state, steps[code].done_on = "done", date(2026, 1, day)
    steps["green"].state, steps["green"].done_on = "skipped", date(2026, 12, 31)
    told = [steps[code] for code in ("rup", "conflict", "specifications", "green", "award")]
    days = figures.days_by_phase(date(2026, 1, 1), told)
    assert dict(days) == {"planning": 10, "design": 20, "award": 0}
    assert dict(figures.days_by_phase(date(2026, 6, 1), told)) == {
        "planning": 7, "design": 20, "award": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "band"),
    [("40000", "up_to_40k"), ("40000.01", "up_to_150k"), ("5000000.01", "over_5m")],
)
def test_the_upper_end_belongs_to_its_band(amount, band):
    assert figures.band_of(Decimal(amount)) == band


@pytest.mark.parametrize(
    ("text", "found"),
    [("Vince ALFA di  prova srl.", True), ("Vince Alfa.", False), ("malfa di prova srlx", False)],
)
def test_an_operator_is_found_however_it_is_punctuated(text, found):
    assert named_in(text, [FIRM, "x"]) is found


def test_a_concluded_tender_closes_once_and_then_nothing_changes(tender, author, comune):
    done = end(tender, author)
    close(tender.pk, EMPTY, actor=author, now=timezone.now())

    assert (done.stage, done.closing.outcome, done.closing.bidders) == ("closed", "concluded", 3)
    assert not Duty.objects.open().filter(office__body=comune).exists()
    assert TrailLine.objects.filter(act="dossier.dossier.closed").count() == 1
    step = done.case.steps.get(code="performance")
    with pytest.raises(Refused, match="prima riaprilo"):
        services.move(
            done.pk, step.pk, Move(state="done"), actor=author,
            today=timezone.localdate(), now=timezone.now(),
        )  # fmt: skip

    back = reopen(done.pk, actor=author, now=timezone.now())
    assert (back.stage, back.closed_on, Closing.objects.count()) == ("signed", None, 0)
    assert Duty.objects.open().filter(office__body=comune).exists()


def test_closing_is_refused_to_others_and_with_what_cannot_be(
    tender, author, person, dossier, officer
):
    now = timezone.now()
    for actor in (person("author"), person("reader", tender.case.office.body)):
        with pytest.raises(Refused, match="chi lavora per uno dei due enti"):
            end(tender, actor)
        with pytest.raises(Refused, match="chi lavora per uno dei due enti"):
            reopen(tender.pk, actor=actor, now=now)
    with pytest.raises(Refused, match="firmato"):
        end(tender, author, EMPTY)
    with pytest.raises(Refused, match="non è ancora firmato"):
        end(dossier, author)
    with pytest.raises(Refused, match="Scrivi perché"):
        end(dossier, author, End(outcome="unawarded", reason=" "))
    services.publish(
        dossier.pk, cig="B1A2C3D4E5", on=timezone.localdate(),
        offers_due_at=now + timedelta(days=30), actor=officer, now=now,
    )  # fmt: skip
    services.list_participant(dossier.pk, role="bidder", name=FIRM, actor=officer, now=now)
    with pytest.raises(Refused, match="non è ancora passato"):
        end(dossier, author, EMPTY)
    later = now + timedelta(days=31)
    with pytest.raises(Refused, match="nome di un operatore"):
        end(dossier, author, End(outcome="unawarded", reason=f"Esclusa {FIRM}"), later)
    assert end(dossier, author, EMPTY, later).closing.discount is None


def test_each_document_says_what_it_still_needs_and_reserved_ones_are_not_told(
    tender, author, comune
):
    first, second, third = (UploadFactory(body=comune) for _ in range(3))
    for upload in (first, second):
        lay(tender, author, upload=upload)
    lay(tender, author, code="quotes", upload=third, reserved=True)
    lay(tender, author, code="award", upload=first)
    cleaned(first, author)
    cleaned(second, author, state="failed", reason="Non riuscita.", copy=None)

    found = documents_of(author, fresh(tender))
    assert [(one.name, one.need) for one in found] == [
        (first.name, Need.NOTHING),
        (second.name, Need.RETRY),
    ]


def test_a_produced_document_is_brought_in_once_and_a_plain_model_is_only_named(
    tender, author, person
):
    model = published(person, title="Capitolato della refezione")
    lay(tender, author, code="rup", version=published(person))
    paper = lay(tender, author, version=model)
    Product.objects.create(
        paper=paper, answers={}, content=b"Art. 1", format="docx",
        made_by_id=author.person_id, made_at=NOON,
    )  # fmt: skip
    tender = end(tender, author)
    [one] = documents_of(author, tender)
    assert (one.product is not None, one.need) == (True, Need.FILE)

    first, again = (
        sharing.bring_product(tender.pk, one.product.pk, actor=author, now=timezone.now())
        for _ in range(2)
    )
    assert first == again
    assert first.name == "capitolato-della-refezione.docx"
    [one] = documents_of(author, tender)
    assert (one.original, one.need) == (first, Need.INSPECTION)


def test_what_was_not_cleaned_or_names_somebody_is_not_shared(tender, author, comune, person):
    bad, good, raw = (UploadFactory(body=comune) for _ in range(3))
    for upload in (bad, good, raw):
        lay(tender, author, upload=upload)
    now = timezone.now()
    services.list_participant(tender.pk, role="bidder", name=FIRM, actor=author, now=now)
    named = cleaned(bad, author, text="Si affida ad Alfa di prova srl.")
    ready = cleaned(good, author)
    with pytest.raises(Refused, match="prima chiudilo"):
        share(tender, author, ready)
    tender = end(tender, author)
    assert [one.need for one in documents_of(author, tender)] == [
        Need.OPERATOR, Need.NOTHING, Need.CLEANING,
    ]  # fmt: skip
    stranger = cleaned(UploadFactory(body=comune), author)
    for copy in (named, stranger):
        with pytest.raises(Refused, match="copia ripulita pronta"):
            share(tender, author, ready, copy)
    with pytest.raises(Refused, match="nome di un operatore"):
        share(tender, author, ready, title=f"Gara vinta da {FIRM}")
    with pytest.raises(Refused, match="dato personale"):
        share(tender, author, ready, object="Scrivere a mario.rossi@posta.example")
    with pytest.raises(Refused, match="per tutti o per la rete"):
        share(tender, author, ready, audience="body")
    for actor in (person("reviewer", comune), person("author")):
        with pytest.raises(Refused, match="mandato di redazione"):
            share(tender, actor, ready)
    assert not Sharing.objects.exists()


def test_a_shared_tender_is_one_entry_with_figures_that_a_reviewer_publishes(
    tender, author, officer, comune, person
):
    upload = UploadFactory(body=comune, name="capitolato.txt")
    lay(tender, author, upload=upload)
    lay(tender, author, code="rup", version=published(person, title="Nomina del RUP"))
    lay(
        tender,
        author,
        code="award",
        version=published(person, title="Di casa", audience="body", body=comune),
    )
    services.list_participant(tender.pk, role="bidder", name=FIRM, actor=author, now=timezone.now())
    copy = cleaned(upload, author)
    tender = end(tender, author)

    row = share(tender, author, copy)
    assert share(tender, author, title="Un'altra volta") == row
    carried_out(row)
    carried_out(row)

    assert (row.state, row.problem) == ("done", "")
    version, tender_told = row.version, SharedTender.objects.get()
    entry = version.entry
    assert (entry.kind, entry.body, version.state) == ("procedure", comune, "in_review")
    assert (entry.amount_band, entry.cpv_codes) == ("up_to_150k", ["55523100"])
    assert (tender_told.bidders, tender_told.discount) == (3, Decimal("12.50"))
    assert (tender_told.division, tender_told.procedure) == ("55", "direct_award")
    assert [one.title for one in tender_told.models_used.all()] == ["Nomina del RUP"]
    assert "Ribasso: 12,50 %" in version.text
    assert "Nomina del RUP" in version.text
    assert "Di casa" not in version.text
    assert not named_in(version.text, [FIRM])
    assert [file.upload.name for file in version.files.order_by("position")] == [
        "Scheda della gara.docx", copy.copy.name,
    ]  # fmt: skip
    library.publish_version(
        version=version, checklist=[], waivers=[], note="",
        actor=person("reviewer", comune), now=timezone.now(),
    )  # fmt: skip
    assert Entry.objects.offered().filter(shared_tender__bidders=3).count() == 1

    reopen(tender.pk, actor=author, now=timezone.now())
    assert share(end(tender, author), author) == row


def test_a_problem_is_told_keeps_the_choice_and_is_tried_again(tender, author, comune, person):
    upload = UploadFactory(body=comune)
    lay(tender, author, upload=upload)
    copy = cleaned(upload, author)
    tender = end(tender, author)
    row = share(tender, author, copy)
    CleanedCopy.objects.update(state="failed", reason="Persa.", copy=None)
    carried_out(row)
    assert (row.state, row.version, row.copies) == ("failed", None, [copy.pk])
    assert "copia ripulita pronta" in row.problem
    assert not Entry.objects.exists()

    row = carried_out(share(tender, author, title="Solo le cifre"))
    assert (row.state, row.version.entry.title) == ("done", "Solo le cifre")
    library.discard_version(
        version=library.return_version(
            version=row.version, checklist=[], reason="Rifare.",
            actor=person("reviewer", comune), now=timezone.now(),
        ),
        actor=author,
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.is_settled, SharedTender.objects.count()) == (False, 0)


def test_copies_of_the_other_body_are_shared_as_files_of_ones_own(dossier, author, officer, comune):
    PillarFactory()
    theirs = UploadFactory(body=comune.province_body)
    lay(dossier, officer, code="commission", upload=theirs)
    copy = cleaned(theirs, officer)
    done = end(dossier, author, EMPTY)
    row = carried_out(share(done, author, copy))
    assert (row.state, row.problem) == ("done", "")
    assert {file.upload.body for file in row.version.files.all()} == {comune}
    assert "Nessuna offerta." in row.version.text
    assert "Ribasso" not in row.version.text


def test_the_worker_asks_again_for_what_was_left(tender, author):
    row = share(end(tender, author), author)
    now = timezone.now()
    assert sharing.sweep_sharings(now=now) == 0
    assert sharing.sweep_sharings(now=now + timedelta(minutes=3)) == 1
    assert row.state == "waiting"
