"""The table of what the worker does again and again."""

import pytest

from casa.foundation import locks, schedule


@pytest.fixture
def table(monkeypatch):
    monkeypatch.setattr(schedule, "_jobs", {})
    monkeypatch.setattr(schedule, "close_old_connections", lambda: None)


@pytest.mark.django_db
def test_a_job_runs_at_once_and_then_every_so_many_seconds(table):
    runs: list[float] = []
    schedule.every(10, lambda: runs.append(1), name="test.count")
    clock = schedule.Clock()
    for now in (100, 105, 109.9, 110, 111, 120):
        clock.run_due(now)
    assert len(runs) == 3


@pytest.mark.django_db
def test_a_job_that_fails_stops_no_other_and_is_tried_again(table, caplog):
    runs: list[str] = []

    def fail():
        runs.append("failed")
        raise ValueError("rotto")

    schedule.every(10, fail, name="test.fails")
    schedule.every(10, lambda: runs.append("ran"), name="test.runs")
    clock = schedule.Clock()
    clock.run_due(0)
    clock.run_due(10)
    assert runs == ["failed", "ran", "failed", "ran"]
    assert "test.fails failed" in caplog.text


@pytest.mark.django_db
def test_the_same_name_replaces_the_job(table):
    schedule.every(10, list, name="test.same")
    schedule.every(20, dict, name="test.same")
    assert [job.seconds for job in schedule.jobs()] == [20]


@pytest.mark.django_db
def test_a_lock_is_given_back(table):
    with locks.held("test", 1) as mine:
        assert mine
    with locks.held("test", 1) as again:
        assert again
