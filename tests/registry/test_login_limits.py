"""The limits of log-in hold across processes: they live in the database's cache."""

from threading import Barrier, Thread

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD, PersonFactory

TRIES = 12
ALLOWED = 5


@pytest.fixture
def shared_cache(settings, transactional_db):
    """The cache of a running platform, as several processes share it."""
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "foundation_cache",
        }
    }
    call_command("createcachetable", verbosity=0)
    yield caches["default"]
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE foundation_cache")


def test_twelve_tries_at_once_are_not_more_than_five(shared_cache):
    """Each thread has its own connection and its own cache object, as a process has."""
    somebody, ready, answers = PersonFactory(), Barrier(TRIES), []

    def try_password(number):
        data = {"login": somebody.email, "password": f"sbagliata-{number}"}
        ready.wait(timeout=20)
        answers.append(Client().post(reverse("account_login"), data).content.decode())
        connection.close()

    threads = [Thread(target=try_password, args=[number]) for number in range(TRIES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    wrong = [answer for answer in answers if "password non corretti" in answer]
    limited = [answer for answer in answers if "Troppi tentativi" in answer]
    assert len(wrong) <= ALLOWED
    assert len(wrong) + len(limited) == TRIES
    data = {"login": somebody.email, "password": PASSWORD}
    assert Client().post(reverse("account_login"), data).status_code == 422
