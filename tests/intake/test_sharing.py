"""«Prima di condividere»: choices, the copy made in the jail, what is told and what is not stored."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from casa.foundation import jail
from casa.foundation.errors import Refused
from casa.intake import queries, services, sharing
from casa.intake.models import CleanedCopy, SharingDecision, Upload
from casa.intake.services import Choice
from casa.intake.telling import goes_anyway
from casa.registry.models import TrailLine
from tests.factories import BodyFactory
from tests.intake.makers import FISCAL_CODE, NOON, docx, inspected

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        jail.jail_in_force() is jail.Jail.NONE, reason="no jail on this machine: install bubblewrap"
    ),
]
MAIL = "tizia.caia@gmail.com"
OFFICE = "protocollo@comune.prova.example"
WORDS = (
    f"Il sottoscritto, codice fiscale {FISCAL_CODE}, chiede il rimborso.",
    f"Scrivere a {MAIL} oppure a {OFFICE} entro il termine.",
)


@pytest.fixture
def author(person):
    return person("author", BodyFactory())


@pytest.fixture
def page(client, login, author):
    return login(client, author)


@pytest.fixture
def upload(author, tmp_path):
    return inspected(author, "domanda.docx", paper(tmp_path))


def paper(folder, words=WORDS, author="Tizia Caia"):
    return docx(folder, articles=[("Oggetto", list(words))], author=author)


def archive(text):
    buffer = BytesIO()
    with ZipFile(buffer, "w") as zipped:
        zipped.writestr("dentro.txt", text)
    return buffer.getvalue()


def found(upload):
    return {one.value: one for one in sharing.found_in(queries.draft_of(upload), upload)}


def asked(upload, actor, choices=None, *, name="copia", extra=""):
    cleaned = services.prepare(
        upload=upload, choices=choices or {}, name=name, extra=extra, actor=actor, now=NOON
    )
    services.clean(copy_id=cleaned.pk, now=NOON)
    cleaned.refresh_from_db()
    return cleaned


def made(upload, actor, choices=None, **options):
    """The copy, inspected."""
    cleaned = asked(upload, actor, choices, **options)
    assert cleaned.state == "done", cleaned.reason
    services.inspect(upload_id=cleaned.copy_id, now=NOON)
    return Upload.objects.get(pk=cleaned.copy_id), cleaned


def test_what_is_a_persons_is_proposed_for_removal_and_what_is_an_offices_stays(upload):
    proposed = {value: (one.level, one.proposed) for value, one in found(upload).items()}
    assert proposed == {
        FISCAL_CODE: ("blocking", "remove"),
        MAIL: ("blocking", "remove"),
        OFFICE: ("info", "keep"),
    }


def test_words_around_and_place_are_told(upload):
    one = found(upload)[FISCAL_CODE]
    assert (one.before, one.after) == (
        "1. Il sottoscritto, codice fiscale ",
        ", chiede il rimborso.",
    )
    assert one.place.startswith("Art. 1")
    assert one.datum.valid


def test_a_name_once_given_with_its_public_role_stays_by_rule(author, tmp_path):
    words = ["Il RUP è il dott. Tizio Semproni.", "Tizio Semproni firma.", "La sig.ra Caia Mevia."]
    upload = inspected(author, "a.docx", paper(tmp_path, words))
    rules = {value: one.rule for value, one in found(upload).items()}
    assert rules == {"Tizio Semproni": "public-role", "Caia Mevia": ""}


def test_digests_of_two_files_have_nothing_in_common(author, upload, tmp_path):
    other = inspected(author, "altra.docx", paper(tmp_path))
    digests = [{one.digest for one in found(file).values()} for file in (upload, other)]
    assert digests[0].isdisjoint(digests[1])
    assert len(digests[0]) == len(digests[1]) == 3


def test_the_copy_has_lost_what_had_to_go_and_the_original_nothing(upload, author):
    before = upload.file.open("rb").read()
    copy, cleaned = made(upload, author, name="domanda (copia ripulita)")
    text = queries.draft_of(copy).text
    assert (copy.name, copy.state) == ("domanda (copia ripulita).docx", "cleared")
    assert FISCAL_CODE not in text
    assert MAIL not in text
    assert OFFICE in text
    assert queries.draft_of(copy).metadata.author == ""
    assert cleaned.removed == [
        {"kind": "fiscal_code", "places": 1, "values": 1},
        {"kind": "email", "places": 1, "values": 1},
    ]
    assert Upload.objects.get(pk=upload.pk).file.open("rb").read() == before
    assert (copy.body, copy.office, copy.person) == (upload.body, upload.office, upload.person)


def test_what_goes_is_stored_nowhere_and_what_stays_with_its_reason(upload, author):
    kept = found(upload)[MAIL]
    choice = Choice("keep", "other", "è il recapito scelto dalla ditta")
    copy, cleaned = made(upload, author, {kept.digest: choice})
    stored = {(one.kind, one.action, one.value) for one in cleaned.decisions.all()}
    assert stored == {
        ("fiscal_code", "remove", ""),
        ("email", "keep", MAIL),
        ("email", "keep", OFFICE),
    }
    assert cleaned.decisions.get(value=MAIL).reason == "è il recapito scelto dalla ditta"
    assert MAIL in queries.draft_of(copy).text
    lines = [str(line.details) for line in TrailLine.objects.all()]
    assert not any(FISCAL_CODE in line or MAIL in line for line in lines)
    line = TrailLine.objects.get(act="intake.copy.requested")
    assert line.details == {
        "kept": {"posta elettronica": 2},
        "removed": {"codice fiscale": 1},
    }


def test_other_words_go_too_and_are_forgotten_once_gone(upload, author):
    copy, cleaned = made(upload, author, extra="il rimborso")
    assert "rimborso" not in queries.draft_of(copy).text
    assert cleaned.extra == ""
    assert {"kind": "", "places": 1, "values": 1} in cleaned.removed


def test_what_stays_without_a_reason_is_refused(upload, author):
    digest = found(upload)[FISCAL_CODE].digest
    for choice in (Choice("keep"), Choice("keep", "other", " "), Choice("keep", "invented")):
        with pytest.raises(Refused, match="serve il motivo"):
            asked(upload, author, {digest: choice})
    assert not CleanedCopy.objects.exists()


def test_who_may_not_work_on_the_file_gets_no_copy(upload, person):
    for actor in (person("reader", upload.body), person("author", BodyFactory())):
        with pytest.raises(Refused):
            asked(upload, actor)


def test_a_double_click_asks_once_and_a_colleague_is_told(upload, author, person):
    first, second = (
        services.prepare(upload=upload, choices={}, name="x", extra="", actor=author, now=NOON)
        for _ in range(2)
    )
    assert first == second
    with pytest.raises(Refused, match="aspetta che sia pronta"):
        services.prepare(
            upload=upload,
            choices={},
            name="x",
            extra="",
            actor=person("reviewer", upload.body),
            now=NOON,
        )


def test_a_copy_is_made_once(upload, author):
    cleaned = asked(upload, author)
    services.clean(copy_id=cleaned.pk, now=NOON)
    assert Upload.objects.count() == 2


def test_a_file_that_is_not_cleaned_says_why_and_keeps_every_choice(author):
    upload = inspected(author, "archivio.zip", archive("\n".join(WORDS)))
    kept = next(one for one in found(upload).values() if not one.rule)
    choice = {kept.digest: Choice("keep", "example")}
    cleaned = asked(upload, author, choice, name="mia", extra="alcune parole")
    assert (cleaned.state, cleaned.extra, cleaned.name) == ("failed", "alcune parole", "mia")
    assert "non si ripulisce" in cleaned.reason
    assert cleaned.decisions.get(digest=kept.digest).why == "example"
    assert TrailLine.objects.filter(act="intake.copy.failed").exists()


def test_what_is_left_in_the_copy_is_told(upload, author):
    """The writer is made to fail: it hands the original back as the copy."""
    copy = asked(upload, author).copy
    Path(copy.file.path).write_bytes(Path(upload.file.path).read_bytes())
    Upload.objects.filter(pk=copy.pk).update(sha256=upload.sha256, size=upload.size)
    services.inspect(upload_id=copy.pk, now=NOON)
    left = copy.findings.filter(code="left-in-the-copy").order_by("pk")
    assert len(left) == 2
    assert all("non condividerla" in finding.message for finding in left)
    assert FISCAL_CODE not in left[0].excerpt


def test_decisions_go_with_what_they_are_about(upload, author):
    copy, _cleaned = made(upload, author)
    upload.delete()
    assert CleanedCopy.objects.get().original is None
    services.expire(now=NOON)
    assert CleanedCopy.objects.count() == 1
    copy.delete()
    assert not CleanedCopy.objects.exists()
    assert not SharingDecision.objects.exists()


def test_a_copy_that_never_came_is_forgotten_after_a_month(upload, author):
    services.prepare(upload=upload, choices={}, name="x", extra="segreto", actor=author, now=NOON)
    services.expire(now=NOON + timedelta(days=29))
    assert CleanedCopy.objects.count() == 1
    services.expire(now=NOON + timedelta(days=31))
    assert not CleanedCopy.objects.exists()


def test_the_third_failure_gives_up_with_a_sentence(upload, author):
    cleaned = services.prepare(
        upload=upload, choices={}, name="x", extra="", actor=author, now=NOON
    )
    CleanedCopy.objects.update(attempts=3)
    services.clean(copy_id=cleaned.pk, now=NOON)
    cleaned.refresh_from_db()
    assert (cleaned.state, cleaned.copy) == ("failed", None)
    assert "in un formato diverso" in cleaned.reason


def test_the_sweep_asks_again_for_a_copy_that_nobody_makes(upload, author):
    services.prepare(upload=upload, choices={}, name="x", extra="", actor=author, now=NOON)
    assert services.sweep_copies(now=NOON) == 0
    assert services.sweep_copies(now=NOON + timedelta(minutes=1)) == 1


def test_what_goes_anyway_is_told_with_its_count(upload):
    draft = replace(
        queries.draft_of(upload), comments=2, tracked_changes=1, hidden_sheets=1, external_links=3
    )
    assert goes_anyway(draft)[:-1] == [
        "le proprietà del file, con il nome degli autori (Tizia Caia)",
        "2 commenti",
        "una revisione: resta il testo come se fosse accettata",
        "un foglio nascosto",
        "3 collegamenti a file esterni",
    ]
