"""What `casa up` is made of, piece by piece; the whole is tried in journeys/test_up.py."""

import asyncio
import importlib
import os
import socket
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from click.testing import CliRunner
from django.contrib.staticfiles.finders import get_finder
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from casa import cli
from casa.foundation import queues as mail_queues
from casa.foundation.opening import database, doctor, house, preparation, worker
from casa.foundation.opening.door import address_of, open_door
from casa.foundation.opening.plan import keep_secret_key, prepare_data_dir, read_plan
from casa.foundation.opening.rooms import room_commands
from casa.foundation.opening.web import PULSE, with_pulse
from casa.foundation.opening.worker import MOST_ATTEMPTS, take_up_again, worker_names
from casa.foundation.postgres import CannotStart
from casa.registry import tasks


def test_an_empty_environment_gives_the_plan_of_the_guide() -> None:
    plan = read_plan({})
    assert plan.data_dir.name == "var"
    assert (plan.host, plan.port, plan.web_processes) == ("127.0.0.1", 8000, 1)
    assert plan.workers == 2
    assert plan.database_url == ""


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("CASA_PORT", "65536"),
        ("CASA_PORT", "-1"),
        ("CASA_PORT", "otto"),
        ("CASA_WEB_PROCESSES", "0"),
        ("CASA_WEB_PROCESSES", "²"),
        ("CASA_WORKERS", "0"),
        ("CASA_WORKERS", "17"),
    ],
)
def test_a_wrong_number_is_refused_by_name(name: str, wrong: str) -> None:
    with pytest.raises(CannotStart, match=f"^{name} deve essere un numero .* «{wrong}»"):
        read_plan({name: wrong})


def test_the_secret_key_is_made_once_and_closed_to_others(tmp_path, monkeypatch) -> None:
    monkeypatch.delenv("CASA_SECRET_KEY", raising=False)
    keep_secret_key(tmp_path)
    first = (tmp_path / "secret_key").read_text()
    keep_secret_key(tmp_path)
    assert (tmp_path / "secret_key").read_text() == first
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_a_key_left_empty_by_a_full_disk_is_made_again(tmp_path, monkeypatch) -> None:
    monkeypatch.delenv("CASA_SECRET_KEY", raising=False)
    (tmp_path / "secret_key").touch()
    keep_secret_key(tmp_path)
    assert (tmp_path / "secret_key").read_text()


def test_a_key_from_the_environment_is_not_written_down(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("CASA_SECRET_KEY", "from elsewhere")
    keep_secret_key(tmp_path)
    assert not (tmp_path / "secret_key").exists()


def test_a_data_folder_that_cannot_be_made_is_refused_with_its_name(tmp_path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotStart, match=r"file/var \(.+\)"):
        prepare_data_dir(tmp_path / "file" / "var")


def test_a_free_door_opens_and_a_taken_one_names_the_next() -> None:
    with open_door("127.0.0.1", 0) as door:
        host, port = address_of(door.fileno())
        assert host == "127.0.0.1"
        with pytest.raises(CannotStart, match=f"porta {port} è già in uso.*CASA_PORT={port + 1}"):
            open_door("127.0.0.1", port)


def test_an_unknown_host_and_one_of_another_computer_are_refused() -> None:
    with pytest.raises(CannotStart, match="Non conosco l'indirizzo"):
        open_door("non.esiste.invalid", 0)
    with pytest.raises(CannotStart, match="CASA_HOST"):
        open_door("192.0.2.1", 0)


def test_a_door_can_be_opened_at_a_number_just_closed() -> None:
    with open_door("127.0.0.1", 0) as door:
        port = door.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            door.accept()[0].close()
    open_door("127.0.0.1", port).close()


def answer_to(path: str, *, is_stuck: bool = False) -> list[dict]:
    async def pages(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 418, "headers": []})

    sent: list[dict] = []

    async def send(event) -> None:
        sent.append(event)

    # In a thread of its own: a browser test of the same run may keep a loop in this one.
    with ThreadPoolExecutor(max_workers=1) as other:
        scope = {"type": "http", "path": path}
        pulse = with_pulse(pages, is_stuck=lambda: is_stuck)
        other.submit(lambda: asyncio.run(pulse(scope, None, send))).result()
    return sent


def test_the_pulse_answers_beside_the_pages_and_takes_none_of_their_addresses() -> None:
    assert answer_to(PULSE)[0]["status"] == 200
    assert answer_to("/")[0]["status"] == 418
    assert answer_to(f"{PULSE}/altro")[0]["status"] == 418


def test_the_pulse_tells_when_nobody_gets_a_page_any_more() -> None:
    assert answer_to(PULSE, is_stuck=True)[0]["status"] == 503
    assert answer_to("/", is_stuck=True)[0]["status"] == 418


@pytest.fixture
def running(db):
    def make(*workers: str, status=TaskResultStatus.RUNNING) -> DBTaskResult:
        return DBTaskResult.objects.create(
            status=status,
            args_kwargs={"args": [], "kwargs": {}},
            task_path="casa.intake.tasks.inspect",
            worker_ids=list(workers),
            backend_name="default",
            run_after="2026-01-01T00:00:00Z",
            exception_class_path="",
            traceback="",
        )

    return make


def test_a_worker_that_starts_removes_what_a_killed_one_left(
    db, tmp_path, settings, monkeypatch
) -> None:
    settings.TEMP_DIR = tmp_path / "tmp"
    stray = settings.TEMP_DIR / f"casa-jail-{os.getpid()}-x"
    stray.mkdir(parents=True)
    (stray / "input").write_bytes(b"an upload")
    monkeypatch.setattr(worker, "call_command", lambda *_words, **_options: None)
    worker.work(read_plan({"CASA_DATA_DIR": str(tmp_path)}), number=2, queue=mail_queues.MAIL)
    assert not stray.exists()


def test_a_task_of_a_killed_worker_is_queued_again(running) -> None:
    task = running("me")
    assert take_up_again("me") == 1
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY


def test_the_first_worker_takes_up_what_workers_no_longer_there_left(running, tmp_path) -> None:
    plan = read_plan({"CASA_DATA_DIR": str(tmp_path), "CASA_WORKERS": "1"})
    second = worker_names(read_plan({"CASA_DATA_DIR": str(tmp_path)}), number=2)
    running(*second)
    assert take_up_again(*second) == 1
    running(*second)
    assert take_up_again(*worker_names(plan, number=1)) == 1


@pytest.mark.parametrize(
    ("workers", "queues"),
    [("1", ["*"]), ("2", ["*", "mail"]), ("3", ["*", "*", "mail"])],
)
def test_the_last_of_several_workers_only_sends_mails(workers, queues, tmp_path) -> None:
    plan = read_plan({"CASA_DATA_DIR": str(tmp_path), "CASA_WORKERS": workers})
    helpers = list(house.helpers(plan, follows=False))
    assert [part.command[-1] for part in helpers] == [f"--queue={queue}" for queue in queues]
    assert len({part.label for part in helpers}) == len(helpers)


def test_every_mail_of_the_registry_stands_in_the_queue_of_mails() -> None:
    made = [each for each in vars(tasks).values() if isinstance(each, Task)]
    assert made
    assert {each.queue_name for each in made} == {mail_queues.MAIL}


def test_tasks_of_others_and_finished_ones_are_left_alone(running) -> None:
    others, done = running("me", "other"), running("me", status=TaskResultStatus.SUCCESSFUL)
    assert take_up_again("me") == 0
    others.refresh_from_db()
    done.refresh_from_db()
    assert others.status == TaskResultStatus.RUNNING
    assert done.status == TaskResultStatus.SUCCESSFUL


def test_a_task_that_kills_its_worker_every_time_is_given_up(running) -> None:
    task = running(*["me"] * MOST_ATTEMPTS)
    take_up_again("me")
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED
    assert "died 3 times" in task.traceback


def test_a_prepared_database_needs_nothing_more(db) -> None:
    said: list[str] = []
    preparation.migrate(said.append)
    assert said == []


def test_static_files_are_gathered_once_and_again_when_one_changes(settings, tmp_path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a{}")
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    get_finder.cache_clear()
    said: list[str] = []
    preparation.collect_static(said.append)
    preparation.collect_static(said.append)
    assert len(said) == 1
    (source / "a.css").write_text("a{color:red}")
    preparation.collect_static(said.append)
    assert len(said) == 2
    assert (tmp_path / "static" / "a.css").read_text() == "a{color:red}"
    get_finder.cache_clear()


def test_a_silent_database_is_named_without_its_password(monkeypatch) -> None:
    monkeypatch.setattr(database, "_trouble", lambda: "connection refused")
    with pytest.raises(CannotStart) as refusal:
        database.wait_for_database(patience=0.0)
    assert "connection refused" in str(refusal.value)
    assert "CASA_DATABASE_URL" in str(refusal.value)


@pytest.mark.django_db
def test_a_database_that_answers_is_good() -> None:
    database.wait_for_database(patience=0.0)


@pytest.mark.django_db
def test_a_database_too_old_is_refused_with_both_versions(monkeypatch) -> None:
    monkeypatch.setattr(database, "OLDEST", 99_00_00)
    with pytest.raises(CannotStart, match="serve la versione"):
        database.wait_for_database(patience=0.0)


def test_the_doctor_looks_at_everything_and_starts_nothing(tmp_path) -> None:
    plan = read_plan({"CASA_DATA_DIR": str(tmp_path)})
    about = [finding.about for finding in doctor.examine(plan)]
    assert about[:4] == ["Python", "utente", "dati", "gabbia"]
    assert "pacchetto chromium" in about
    assert "database" in about
    assert list(tmp_path.iterdir()) == []


def test_the_doctor_names_a_database_that_does_not_answer(tmp_path) -> None:
    url = "postgresql://casa:segreto@127.0.0.1:1/casa"
    plan = read_plan({"CASA_DATA_DIR": str(tmp_path), "CASA_DATABASE_URL": url})
    (finding,) = [f for f in doctor.examine(plan) if f.about == "database"]
    assert not finding.fine
    assert "segreto" not in finding.words


def test_the_help_lists_every_room_without_loading_django() -> None:
    code = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from casa.cli import casa\n"
        "print(CliRunner().invoke(casa, ['--help']).output)\n"
        "print('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
    for name in ("up", "doctor", "manage", *room_commands()):
        assert f"\n  {name} " in done.stdout


def test_what_is_read_from_a_rooms_file_is_what_it_offers() -> None:
    read = {(command.module, command.name) for command in room_commands().values()}
    offered = {
        (module, command.name)
        for module in {command.module for command in room_commands().values()}
        for command in importlib.import_module(module).COMMANDS
    }
    assert read == offered
    assert all(command.summary for command in room_commands().values())


def test_a_word_that_is_no_command_is_wrong_use() -> None:
    assert CliRunner().invoke(cli.casa, ["balla"]).exit_code == 2


def test_a_refusal_is_one_sentence_and_exit_code_1(tmp_path) -> None:
    env = os.environ | {"CASA_PORT": "otto"}
    command = [sys.executable, "-m", "casa.cli", "doctor"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == "\nCASA_PORT deve essere un numero da 0 a 65535, non «otto».\n"


def test_manage_hands_its_words_to_django() -> None:
    command = [sys.executable, "-m", "casa.cli", "manage", "diffsettings", "--output", "unified"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "AUTH_USER_MODEL" in done.stdout
