"""What every test has at hand.

The database: the plugin `casa.foundation.postgres.testing` (named in pyproject.toml) starts a private
throw-away server per run, unless CASA_DATABASE_URL says where another one is.
"""

import gc
import hashlib
from collections.abc import Callable
from pathlib import Path
from time import time
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils import timezone

from casa.foundation import jail, limits
from casa.registry.actor import Actor, actor_for
from casa.registry.models import Body, Person
from tests.factories import BodyFactory, MandateFactory, NetworkRoleFactory, PersonFactory
from tests.skips import pytest_runtest_makereport

__all__ = ["pytest_runtest_makereport"]  # a hook is found by its name


_ANSWERS: dict[str, bytes] = {}  # what programs in the jail said of the same bytes


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First what mostly waits and needs no database: run last it would leave a core idle."""
    items.sort(key=lambda item: not _only_waits(item))


def pytest_collection_finish() -> None:
    """All that is loaded by now stays loaded: garbage is not looked for in it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _only_waits(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("slow")) and not item.get_closest_marker("django_db")


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the jail run once for the same program on the same bytes, for tests of something else."""
    real = jail.run

    def run(argv, *, input_file, more_files=(), where=None, **rest):
        files = [
            hashlib.sha256(Path(f).read_bytes()).hexdigest() for f in (input_file, *more_files)
        ]
        key = repr((list(argv), files, sorted(rest.items())))
        if key not in _ANSWERS:
            _ANSWERS[key] = real(
                argv, input_file=input_file, more_files=more_files, where=where, **rest
            )
        return _ANSWERS[key]

    monkeypatch.setattr(jail, "run", run)


@pytest.fixture
def counters_stand_still(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Keep the counters of `limit` in one window, however slow the machine is.

    It gives `asked(name, times, per_minute=…)`: a visitor has done a thing so many times before.
    """
    cache.clear()
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: 1_000_000_020.0))

    def asked(name: str, times: int, **allowed: int) -> None:
        visitor = RequestFactory().get("/")
        for _ in range(times):
            limits.limit(visitor, name, **allowed)

    return asked


@pytest.fixture(scope="session", autouse=True)
def static_folder() -> None:
    """Have the folder that a prepared house has: without it each client warns of it."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def person(db):
    """Make a person and give back their actor: `person("author", body)`, `person(network="manager")`.

    A role without a body gets a body of its own; without a role it is anybody who signed up.
    """

    def make(
        role: str | None = None, body: Body | None = None, network: str | None = None
    ) -> Actor:
        made = PersonFactory()
        if role:
            MandateFactory(person=made, body=body or BodyFactory(), role=role)
        if network:
            NetworkRoleFactory(person=made, role=network)
        return actor_for(made, on=timezone.localdate(), acting_for=body.pk if body else None)

    return make


@pytest.fixture
def login(db):
    """Log a person (or an actor) in: `login(client, actor)`, second factor passed where it is due.

    `login(client, actor, strong=False)` leaves it at the password, as who has yet to set it up.
    """

    def log_in(client: Client, who: Actor | Person, *, strong: bool = True) -> Client:
        somebody = who if isinstance(who, Person) else Person.objects.get(pk=who.person_id)
        client.force_login(somebody)
        if strong and actor_for(somebody, on=timezone.localdate()).needs_strong_login:
            _pass_second_factor(client, somebody)
        return client

    return log_in


def _pass_second_factor(client: Client, person: Person) -> None:
    if not person.authenticator_set.filter(type="totp").exists():
        TOTP.activate(person, generate_totp_secret())
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
