"""Files come in, are inspected as often as it takes, and go."""

import base64
import io
import os
import stat
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django_tasks_db.models import DBTaskResult

from casa import drafting
from casa.foundation.errors import Refused
from casa.intake import services
from casa.intake.models import Finding, Reading, Upload
from casa.intake.services import inspecting
from casa.registry.models import Body, TrailLine
from tests.drafting.makers_mail import make_message
from tests.drafting.makers_signed import signed
from tests.factories import BodyFactory, OfficeFactory
from tests.foundation.fake_clamd import EICAR, LIMIT, fake_clamd
from tests.intake.makers import NOON, docx, inspected, receive, sent

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def author(person):
    return person("author", BodyFactory())


# Receiving


def test_a_received_file_waits_in_quarantine_under_a_name_that_says_nothing(author):
    upload = receive(author, "Capitolato è.docx", b"PK")
    stored = Path(upload.file.path)
    assert upload.state == Upload.State.QUARANTINED
    assert upload.name == "Capitolato è.docx"
    assert stored.read_bytes() == b"PK"
    assert (stored.name, stored.suffix) == (upload.token.hex, "")


def test_nobody_else_on_the_machine_may_read_a_stored_file(author):
    stored = Path(receive(author).file.path)
    assert stat.S_IMODE(stored.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in stored.parents[:2]} == {0o700}


def test_receiving_leaves_a_line_in_the_trail(author):
    upload = receive(author)
    line = TrailLine.objects.get(act="intake.upload.received")
    assert (line.person_id, line.body_id) == (author.id, upload.body_id)
    assert line.details == {"size": upload.size, "sha256": upload.sha256}


def test_the_inspection_is_asked_for_once_the_transaction_is_safe(
    author, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        upload = receive(author)
        assert upload.is_waiting
    upload.refresh_from_db()
    assert upload.is_cleared


@pytest.mark.parametrize("role", ["author", "reviewer", "administrator"])
def test_who_writes_for_a_body_brings_files_in(person, role):
    assert receive(person(role, BodyFactory())).is_waiting


def test_a_reader_brings_nothing_in(person):
    with pytest.raises(Refused, match="mandato di redazione"):
        receive(person("reader", BodyFactory()))
    assert not Upload.objects.exists()


def test_a_stranger_to_the_body_brings_nothing_in(person, author):
    stranger = person("author", BodyFactory())
    body = Body.objects.get(pk=author.acting_for)
    with pytest.raises(Refused, match="mandato di redazione"):
        services.receive(
            files=[sent("a.txt")], body=body, office=body.offices.get(), actor=stranger, now=NOON
        )


def test_a_file_belongs_to_an_office_of_the_body(author):
    body = Body.objects.get(pk=author.acting_for)
    for office in (OfficeFactory(), OfficeFactory(body=body, closed_on=NOON.date())):
        with pytest.raises(Refused, match="ufficio"):
            services.receive(
                files=[sent("a.txt")], body=body, office=office, actor=author, now=NOON
            )


def test_a_file_over_the_limit_is_refused_with_its_name(author, settings):
    settings.INTAKE_MAX_BYTES = 10
    with pytest.raises(Refused, match=r"«grande\.txt» supera il limite"):
        receive(author, "grande.txt", b"x" * 11)
    assert receive(author, "giusto.txt", b"x" * 10).size == 10


def test_a_double_click_receives_a_file_once(author):
    first = receive(author)
    assert receive(author, now=NOON + timedelta(seconds=20)) == first
    assert receive(author, "altra.txt") != first
    assert receive(author, now=NOON + timedelta(minutes=2)) != first


# Inspecting


def test_a_good_document_is_cleared_with_what_was_read_in_it(author, tmp_path):
    upload = inspected(author, "disciplinare.docx", docx(tmp_path))
    draft = drafting.from_json(upload.reading.draft)
    assert (upload.state, upload.format, upload.step) == ("cleared", "docx", "")
    assert [clause.key for clause in draft.clauses][1:3] == ["art-1", "art-1-c-1"]
    assert not upload.findings.exists()
    line = TrailLine.objects.get(act="intake.upload.cleared")
    assert (line.person_id, line.body_id) == (None, upload.body_id)


def test_a_rejected_file_keeps_one_sentence_and_no_reading(author):
    upload = inspected(author, "rotto.pdf", b"%PDF-1.7 rotto")
    assert (upload.state, upload.reason) == ("rejected", drafting.MESSAGES["corrupt"])
    assert not Reading.objects.exists()
    assert Path(upload.file.path).exists()
    assert TrailLine.objects.get(act="intake.upload.rejected").details == {"reason": upload.reason}


def test_inspecting_again_changes_nothing(author):
    upload = inspected(author, "prova.txt", f"Scrivi a {'x' * 20}".encode())
    services.inspect(upload_id=upload.pk, now=NOON + DAY)
    upload.refresh_from_db()
    assert upload.inspected_at == NOON
    assert upload.attempts == 1
    assert TrailLine.objects.filter(act="intake.upload.cleared").count() == 1


def test_bytes_that_changed_on_disk_are_noticed(author):
    upload = receive(author)
    Path(upload.file.path).chmod(0o600)
    Path(upload.file.path).write_bytes(b"altro")
    services.inspect(upload_id=upload.pk, now=NOON)
    upload.refresh_from_db()
    assert upload.reason == "Il file si è danneggiato mentre veniva salvato: caricalo di nuovo."


def test_bytes_that_are_gone_are_noticed(author):
    upload = receive(author)
    default_storage.delete(upload.file.name)
    services.inspect(upload_id=upload.pk, now=NOON)
    upload.refresh_from_db()
    assert upload.reason == drafting.MESSAGES["missing"]


def test_the_file_that_failed_three_inspections_is_rejected(author):
    upload = receive(author)
    Upload.objects.filter(pk=upload.pk).update(attempts=2)
    services.inspect(upload_id=upload.pk, now=NOON)
    upload.refresh_from_db()
    assert upload.is_cleared
    other = receive(author, "altro.txt")
    Upload.objects.filter(pk=other.pk).update(attempts=3)
    services.inspect(upload_id=other.pk, now=NOON)
    other.refresh_from_db()
    assert other.reason.startswith("Il file ha fatto fallire il controllo tre volte")


# Sweeping


def test_a_file_that_nobody_inspects_is_inspected(author):
    upload = receive(author)
    assert services.sweep(now=NOON + timedelta(minutes=1)) == 1
    upload.refresh_from_db()
    assert upload.is_cleared
    assert services.sweep(now=NOON + timedelta(minutes=1)) == 0


def test_a_file_that_just_came_is_left_to_its_task(author):
    receive(author)
    assert services.sweep(now=NOON + timedelta(seconds=1)) == 0


def test_a_file_whose_task_waits_is_not_asked_for_twice(author, queue):
    upload = receive(author)
    queue.enqueue(upload)
    assert services.sweep(now=NOON + timedelta(minutes=1)) == 0
    DBTaskResult.objects.update(status="RUNNING")  # left by a worker that was killed
    assert services.sweep(now=NOON + timedelta(minutes=1)) == 1


def test_a_file_under_inspection_elsewhere_is_left_alone(author, other_session):
    upload = receive(author)
    other_session(f"SELECT pg_advisory_lock({lock_key()}, {upload.pk})")
    assert services.sweep(now=NOON + timedelta(minutes=1)) == 0
    services.inspect(upload_id=upload.pk, now=NOON)
    upload.refresh_from_db()
    assert (upload.is_waiting, upload.attempts) == (True, 0)


def lock_key() -> int:
    from zlib import crc32

    number = crc32(inspecting.LOCK.encode())
    return number - 2**32 if number >= 2**31 else number


@pytest.fixture
def other_session():
    """Another connection to the same database, closed at the end as a killed process closes it."""
    import psycopg

    parameters = connection.get_connection_params()
    for name in ("cursor_factory", "context", "prepare_threshold"):
        parameters.pop(name, None)
    with psycopg.connect(**parameters) as other:
        yield other.execute


@pytest.fixture
def queue():
    class Queue:
        def enqueue(self, upload):
            DBTaskResult.objects.create(
                args_kwargs={"args": [], "kwargs": {"upload_id": upload.pk}},
                task_path="casa.intake.tasks.inspect",
                queue_name="default",
                backend_name="default",
                run_after=NOON,
            )

    return Queue()


# Expiring


def aged(upload: Upload, days: int) -> Upload:
    Upload.objects.filter(pk=upload.pk).update(inspected_at=NOON - days * DAY)
    return upload


def test_rejected_files_go_after_thirty_days(author, django_capture_on_commit_callbacks):
    old = aged(inspected(author, "a.txt", b""), 31)
    new = aged(inspected(author, "b.txt", b""), 29)
    with django_capture_on_commit_callbacks(execute=True):
        assert services.expire(now=NOON) == 1
    assert list(Upload.objects.all()) == [new]
    assert not default_storage.exists(old.file.name)
    assert default_storage.exists(new.file.name)
    assert TrailLine.objects.get(act="intake.upload.expired").subject_name == "a.txt"


def test_cleared_files_go_after_ninety_days_with_what_was_read(author):
    aged(inspected(author, "a.txt"), 91)
    new = aged(inspected(author, "b.txt"), 89)
    assert services.expire(now=NOON) == 1
    assert list(Upload.objects.all()) == [new]
    assert Reading.objects.count() == 1


def test_a_file_that_waits_never_goes(author):
    receive(author, now=NOON - 400 * DAY)
    assert services.expire(now=NOON) == 0


def test_stray_bytes_go_after_a_day(author):
    upload = receive(author)
    stray = default_storage.save("quarantine/ab/stray", sent("x"))
    fresh = default_storage.save("incoming/fresh", sent("x"))
    long_ago = NOON.timestamp() - 10 * DAY.total_seconds()
    for name in (upload.file.name, stray):
        os.utime(default_storage.path(name), (long_ago, long_ago))
    services.expire(now=NOON)
    assert default_storage.exists(upload.file.name)
    assert default_storage.exists(fresh)
    assert not default_storage.exists(stray)


def test_a_stray_that_cannot_go_keeps_no_other(author, monkeypatch):
    names = [default_storage.save(f"quarantine/ab/{n}", sent("x")) for n in "abc"]
    for name in names:
        os.utime(default_storage.path(name), (0, 0))
    real = Path.unlink

    def unlink(path, missing_ok=False):
        if path.name == "a":
            raise FileNotFoundError
        if path.name == "b":
            raise PermissionError
        real(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    services.expire(now=NOON)
    assert [default_storage.exists(name) for name in names] == [True, True, False]


@pytest.mark.django_db(transaction=True)
def test_a_file_that_cannot_go_keeps_no_other(person):
    """A reference that Django does not know of speaks up only when the deletion is committed."""
    author = person("author", BodyFactory())
    held, free = (aged(inspected(author, name), 91) for name in ("a.txt", "b.txt"))
    reference = "bigint REFERENCES intake_upload (id) DEFERRABLE INITIALLY DEFERRED"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE holder (upload {reference})")
        cursor.execute("INSERT INTO holder VALUES (%s)", [held.pk])
    try:
        assert services.expire(now=NOON) == 1
        assert list(Upload.objects.all()) == [held]
        assert default_storage.exists(held.file.name)
        assert not default_storage.exists(free.file.name)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE holder")


def test_findings_are_kept_with_their_file(author, tmp_path):
    upload = inspected(author, "d.docx", docx(tmp_path, author="Mario Rossi"))
    assert [finding.code for finding in Finding.objects.all()] == ["author-name"]
    aged(upload, 91)
    services.expire(now=NOON)
    assert not Finding.objects.exists()


# The antivirus


@pytest.fixture
def clamd(tmp_path, settings):
    """A daemon with one signature, EICAR; it can be sent away and called back."""
    settings.CLAMAV_SOCKET = str(tmp_path / "clamd")
    with fake_clamd(settings.CLAMAV_SOCKET):
        yield settings.CLAMAV_SOCKET


def test_malware_is_rejected_by_name(author, clamd):
    assert "ha trovato nel file «Eicar-Signature»" in inspected(author, "a.txt", EICAR).reason
    assert inspected(author, "b.txt").is_cleared


def test_malware_in_a_base64_envelope_does_not_hide(author, clamd):
    hidden = base64.b64encode(signed(EICAR))
    assert b"EICAR" not in hidden
    assert "Eicar-Signature" in inspected(author, "a.txt.p7m", hidden).reason
    assert inspected(author, "b.txt.p7m", base64.b64encode(signed(b"Un testo."))).is_cleared


def test_malware_in_an_envelope_attached_to_a_message_or_packed_does_not_hide(author, clamd):
    for content, clean in ((EICAR, False), (b"Un testo firmato.", True)):
        hidden = base64.b64encode(signed(content))
        message = make_message(atto__p7m=hidden).as_bytes()
        assert inspected(author, "a.eml", message).is_cleared == clean
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as made:
            made.writestr("messaggio.eml", message)
        assert inspected(author, "a.zip", packed.getvalue()).is_cleared == clean


def test_without_the_antivirus_the_file_waits_and_is_inspected_when_it_is_back(
    author, tmp_path, settings
):
    settings.CLAMAV_SOCKET = str(tmp_path / "clamd")
    upload = inspected(author)
    assert (upload.is_waiting, upload.step) == (True, "in attesa del controllo antivirus")
    assert upload.attempts == 0
    assert services.sweep(now=NOON + DAY) == 0
    with fake_clamd(settings.CLAMAV_SOCKET):
        assert services.sweep(now=NOON + DAY) == 1
    upload.refresh_from_db()
    assert (upload.is_cleared, upload.attempts) == (True, 1)


def test_a_file_too_big_for_the_antivirus_is_not_let_through(author, clamd):
    assert "più grande di quanto l'antivirus" in inspected(author, "a.txt", b"x " * LIMIT).reason


# Throwing away


def test_the_wrong_file_is_thrown_away_with_its_bytes_and_one_line(
    person, django_capture_on_commit_callbacks
):
    author = person("author", BodyFactory())
    upload = inspected(author)
    name = upload.file.name

    with django_capture_on_commit_callbacks(execute=True):
        services.discard(upload=upload, actor=author)

    assert Upload.objects.count() == 0
    assert not default_storage.exists(name)
    assert TrailLine.objects.order_by("-pk")[0].act == "intake.upload.discarded"


def test_a_file_is_not_thrown_away_by_a_reader_nor_while_it_is_inspected(person):
    author = person("author", body := BodyFactory())
    upload = inspected(author)
    Upload.objects.filter(pk=upload.pk).update(state="quarantined", inspected_at=None)
    waiting = Upload.objects.get(pk=upload.pk)

    with pytest.raises(Refused, match="mandato di redazione"):
        services.discard(upload=upload, actor=person("reader", body))
    with pytest.raises(Refused, match="ancora in controllo"):
        services.discard(upload=waiting, actor=author)
    assert Upload.objects.count() == 1
