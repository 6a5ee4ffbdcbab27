from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.utils import timezone

from casa.portal import queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_heartbeat():
    cache.delete(queries.HEARTBEAT)


def part(name, *, now=None):
    return next(one for one in queries.status(now=now or timezone.now()).parts if one.name == name)


def test_the_worker_works_while_it_gives_signs_of_life():
    queries.beat()
    assert part("Lavori in coda").works
    later = timezone.now() + timedelta(minutes=5)
    stopped = part("Lavori in coda", now=later)
    assert not stopped.works
    assert "non va perso" in stopped.words


def test_a_worker_never_seen_does_not_work():
    assert not part("Lavori in coda").works


def test_the_database_answers():
    assert part("Archivio dei dati").words == "Risponde."


def test_a_part_that_can_not_answer_does_not_take_the_page_with_it(monkeypatch):
    def silent():
        raise DatabaseError

    monkeypatch.setattr(queries.intake, "waiting_count", silent)
    queries.beat()
    status = queries.status(now=timezone.now())
    assert not status.works
    broken = [one for one in status.parts if not one.works]
    assert "Non risponde." in [one.words for one in broken]
    assert next(one for one in status.parts if one.name == "Archivio dei dati").works


def test_no_file_waits_and_the_sentence_says_so():
    assert part("Controllo dei file").words == "Nessun file in attesa."
