"""Proposals to a source where colleagues, demonstrations or hurried clicks come in between."""

import pytest

from casa.library import queries, services
from casa.library.models import Rewriting
from casa.notices.models import Duty
from tests.library.makers import NOON
from tests.library.test_suggesting import place, send  # noqa: F401
from tests.library.test_taking import BASE, family, made, publish  # noqa: F401

pytestmark = pytest.mark.django_db


def test_a_click_that_says_neither_yes_nor_no_answers_nothing(client, login, place):  # noqa: F811
    suggestion, writer = send(place), place[1]
    login(client, writer)

    answer = client.post(f"/biblioteca/proposte/{suggestion.pk}/", {"testo": "x", "risposta": "y"})

    assert answer.status_code == 422
    suggestion.refresh_from_db()
    assert suggestion.is_open


def test_a_demonstration_that_goes_leaves_no_proposal_to_answer(place):  # noqa: F811
    source, _writer, copy, _author = place
    send(place)
    assert Duty.objects.open().filter(office__body=source.body).exists()
    type(copy.body).objects.filter(pk=copy.body_id).update(is_demo=True)

    services.remove_demo(body_ids=[copy.body_id])

    assert not Duty.objects.open().exists()


def test_what_a_colleague_is_writing_is_not_written_over(family, tmp_path):  # noqa: F811
    source, copy, writer = family["source"], family["copy"], family["writer"]
    ours = ["La mensa serve anche i nidi.", "I pasti sono locali e biologici.", BASE[2]]
    publish(copy, family["author"], made(tmp_path, ours, family["comune"]))
    copy.refresh_from_db()
    offer = next(one for one in queries.offers_of(copy, source) if "biologici" in one.after)
    suggestion = services.suggest(
        copy=copy, offer=offer, text=offer.after, reason="Serve.", actor=family["author"], now=NOON
    )
    clause = next(one for one in queries.sheet_of(source, None).clauses if "locali" in one.before)
    half = clause.before.replace("locali", "di stagione")
    services.write_clause(entry=source, clause=clause, text=half, actor=writer, now=NOON)

    written = services.accept_suggestion(
        suggestion=suggestion, text=offer.after, answer="Grazie.", actor=writer, now=NOON
    )

    assert written is False
    (kept,) = Rewriting.objects.get(entry=source).texts.values()
    assert kept["text"] == half
