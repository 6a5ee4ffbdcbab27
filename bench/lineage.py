"""A source with a thousand copies: its family on the page, a new version, a norm that changed.

Everything goes through the services and the pages; tasks wait in the database for a worker, as on a
running platform. Beside each figure, in the same run, the floor: the least that PostgreSQL needs to
read or write the same rows when it is asked in SQL.
"""

import os
import statistics
import time
from collections.abc import Callable
from typing import Any

from bench import families
from bench.house import house
from bench.measure import milliseconds, surroundings, table

FEW, MANY, MOST = 5, 500, 1_000
RUNS = 5
TARGETS = {"request": 0.3, "worker": 30.0, "campaign": 1.0}
_COPIES = "FROM library_derivation d JOIN library_entry e ON e.id = d.entry_id "
TREE = (
    "SELECT d.*, e.*, b.name " + _COPIES + "JOIN registry_body b ON b.id = e.body_id "
    "WHERE d.root_id = {root}"
)
STRIP = (
    "SELECT count(*) " + _COPIES + "JOIN library_basis s ON s.version_id = e.current_id "
    "JOIN library_clause o ON o.version_id = e.current_id "
    "LEFT JOIN library_clause t ON t.version_id = s.source_version_id AND t.key = o.key "
    "WHERE d.root_id = {root} AND o.text IS DISTINCT FROM t.text"
)
BEHIND = "UPDATE library_derivation SET behind = behind + 1 WHERE source_id = {root}"
DUTIES = (
    "INSERT INTO notices_duty (office_id, kind, key, title, notes, url, action, created_at,"
    " changed_at, reminders, outcome) SELECT e.office_id, 'bench', 'bench:' || e.id, 'Misura',"
    " '{{}}', '/', 'Guarda', now(), now(), '{{}}', '' " + _COPIES + "WHERE d.source_id = {root}"
)
HIT = (
    "SELECT DISTINCT e.id, c.clause FROM library_citation c JOIN library_entry e"
    " ON e.current_id = c.version_id WHERE c.act = '{act}' AND c.article = '{article}'"
)


def run(size: int) -> str:
    """Measure; gives the report in Markdown. `size`: how many copies, at most a thousand."""
    about, copies = surroundings(), min(size, MOST)
    with house():
        from django.test.utils import override_settings

        from casa.settings import base

        made = families.opened()
        rows, begun = [], time.perf_counter()
        for number in families.copied(made, range(1, copies + 1)):
            if number in (FEW, MANY, copies):
                spent = time.perf_counter()
                rows.append(_family(made, number))
                begun += time.perf_counter() - spent
        each = (time.perf_counter() - begun) / copies
        with override_settings(TASKS=base.TASKS):
            publishing = _publishing(made)
            campaign = _campaign(made)
    return _report(about, copies, each, rows, publishing, campaign)


def _report(
    about: str,
    copies: int,
    each: float,
    rows: list[list[object]],
    publishing: list[list[object]],
    campaign: list[list[object]],
) -> str:
    clauses = families.ARTICLES * (1 + families.COMMAS)
    head = ["", "took", "target", "floor: the same rows in SQL"]
    return "\n".join(
        [
            f"# A family of {copies:,} copies\n",
            (
                f"{about}\n\nOne text of {clauses} clauses; every {families.EVERY}th body says one "
                f"article otherwise. A copy was made in {each * 1000:.0f} ms (derive, publish, "
                f"follow). Best of {RUNS} where it can be repeated. Load at the end: {_load()}\n"
            ),
            "## The family on the page, ms (queries)\n",
            table(
                [
                    "copies",
                    "tree",
                    "floor",
                    "strip",
                    "floor",
                    "words of a clause",
                    "whole page",
                ],
                rows,
            ),
            "## A new version of the source\n",
            table(head, publishing),
            "## A norm changed\n",
            table(head, campaign),
        ]
    )


def _family(made: families.House, copies: int) -> list[object]:
    from casa.library import queries

    _analyze()
    entry, reader = made.source, made.reader
    family = queries.family_of(entry, reader)
    root, members = family.root_id, family.members
    page, url = _client(reader), f"{entry.get_absolute_url()}famiglia/"
    return [
        copies,
        _counted(lambda: queries.family_of(entry, reader)),
        milliseconds(_best(lambda: _sql(TREE.format(root=root))) * 1000),
        _counted(lambda: queries.heat_of(entry, reader, root, members)),
        milliseconds(_best(lambda: _sql(STRIP.format(root=root))) * 1000),
        _counted(lambda: queries.wordings_of(entry, family, "art-5")),
        _counted(lambda: page.get(url).content),
    ]


def _publishing(made: families.House) -> list[list[object]]:
    """The reviewer's click, then all that the worker does of it."""
    from casa.notices.models import Duty, Notice

    new = families.text(issue=2)
    version = families.proposed(made.source, made.author, new, audience="network")
    _analyze()
    client, root = _client(made.reviewer), made.source.pk
    ticked = {f"check_{code}": "on" for code in ("match", "read", "norms", "personal_data")}
    asked = ticked | {"check_changes": "on", "note": "", "esito": "pubblica"}
    client.get(f"{version.get_absolute_url()}revisione/")  # as the reviewer did, who read it
    begun = time.perf_counter()
    answer = client.post(f"{version.get_absolute_url()}revisione/", asked)
    request = time.perf_counter() - begun
    if not answer.has_header("Location"):
        raise SystemExit(answer.content.decode()[:2_000])
    begun = time.perf_counter()
    _work()
    worker = time.perf_counter() - begun
    said = f"{Duty.objects.count():,} duties, {Notice.objects.count():,} notices by the worker"
    floors = [_undone(sql.format(root=root)) for sql in (BEHIND, DUTIES)]
    return [
        ["request that publishes", *_against("request", request), _ms(floors[0])],
        [said, *_against("worker", worker), _ms(floors[1])],
    ]


def _campaign(made: families.House) -> list[list[object]]:
    """Who is hit: the list itself, the whole act with its duties, the page."""
    from django.utils import timezone

    from casa.library import queries, services
    from casa.library.models import Campaign
    from casa.library.services import campaigns

    today = timezone.localdate()
    said = {"act": families.ACT, "article": families.ARTICLE, "change": "changed", "on": today}
    norm = services.ChangedNorm(**said, note="Misura", due_on=today)
    unsaved = Campaign(**said, note="Misura", due_on=today)
    listed = _best(lambda: list(campaigns.hits_in_text(unsaved)))
    found = list(campaigns.hits_in_text(unsaved))
    hits, clauses = len({entry for entry, *_rest in found}), len(found)
    floor = _best(lambda: _sql(HIT.format(act=families.ACT, article=families.ARTICLE)))
    begun = time.perf_counter()
    campaign = services.open_campaign(norm=norm, actor=made.manager, now=timezone.now())
    opened = time.perf_counter() - begun
    begun = time.perf_counter()
    _work()
    worker = time.perf_counter() - begun
    shown = _best(lambda: queries.hits_of(campaign, made.manager))
    client, url = _client(made.manager), f"/biblioteca/norme-cambiate/{campaign.pk}/"
    page = _best(lambda: client.get(url).content)
    return [
        [f"list of {hits:,} texts, {clauses:,} clauses", *_against("campaign", listed), _ms(floor)],
        ["the campaign opened, its list written", *_against("campaign", opened), ""],
        [
            f"its {hits:,} duties by the worker",
            *_against("worker", worker),
            _ms(_undone(DUTIES.format(root=made.source.pk))),
        ],
        ["list read again", *_against("campaign", shown), ""],
        ["its page", *_against("campaign", page), ""],
    ]


def _work() -> None:
    """All that waits for the worker."""
    from django.core.management import call_command

    call_command("db_worker", batch=True, queue_name="*", startup_delay=False, verbosity=0)


def _client(who: Any) -> Any:
    from django.test import Client

    from casa.registry.models import Person
    from tests.conftest import _pass_second_factor

    client, person = Client(), Person.objects.get(pk=who.person_id)
    client.force_login(person)
    if who.needs_strong_login:
        _pass_second_factor(client, person)
    return client


def _counted(ask: Callable[[], object]) -> str:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        ask()
    queries = len(caught)  # the next request forgets them
    return f"{milliseconds(_best(ask) * 1000)} ({queries})"


def _best(ask: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        ask()
        times.append(time.perf_counter() - begun)
    return min(times)


def _sql(sql: str) -> list[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def _undone(sql: str) -> float:
    """How long writing takes, median; nothing of it stays."""
    from django.db import connection, transaction

    times = []
    for _ in range(RUNS):
        with transaction.atomic():
            begun = time.perf_counter()
            with connection.cursor() as cursor:
                cursor.execute(sql)
            times.append(time.perf_counter() - begun)
            transaction.set_rollback(True)
    return statistics.median(times)


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _against(name: str, seconds: float) -> list[str]:
    held = "held" if seconds <= TARGETS[name] else "NOT held"
    return [_ms(seconds), f"≤ {TARGETS[name]:g} s: {held}"]


def _ms(seconds: float) -> str:
    return f"{milliseconds(seconds * 1000)} ms"


def _load() -> str:
    return " / ".join(f"{value:.1f}" for value in os.getloadavg())
