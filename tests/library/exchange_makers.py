"""Two installations in one database: each has its own name and its own key."""

import json
import zipfile
from contextlib import contextmanager

import pytest

from casa.library.exchange import zips
from casa.library.exchange.manifest import canonical
from casa.library.models import Installation
from casa.library.services import exchanging
from casa.registry.actor import SYSTEM
from tests.library.makers import NOON


@pytest.fixture
def houses(settings, tmp_path, db):
    """`with houses("A"):` one is installation A. Rows of entries are shared, names and keys not."""
    known = {}

    @contextmanager
    def inside(name):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        before = Installation.objects.filter(is_own=True).first()
        own = known.get(name)
        if before and (own is None or before.pk != own.pk):
            before.is_own, before.trusted_at = False, NOON
            before.name = next(f"Casa {one}" for one, row in known.items() if row.pk == before.pk)
            before.save()
        if own:
            own.refresh_from_db()
            own.is_own, own.trusted_at = True, None
            own.save()
        settings.DATA_DIR = folder
        known[name] = exchanging.own_installation()
        yield known[name]

    return inside


def trusting(name, key):
    """The installation here trusts that key."""
    return exchanging.trust(name, key=str(key), fingerprint=None, actor=SYSTEM, now=NOON)


def export(path, *slugs):
    with path.open("wb") as target:
        return exchanging.export_entries(slugs, target=target, actor=SYSTEM, now=NOON)


def bring(path, actor, *, publishes=True):
    bundle = exchanging.receive_bundle(path, name=path.name, actor=actor, now=NOON)
    return exchanging.bring_now(bundle=bundle, publishes=publishes, actor=actor, now=NOON)


def outcomes(bundle):
    return list(bundle.lines.order_by("position").values_list("outcome", flat=True))


def rewritten(path, to, change):
    """The same ZIP with its parts as `change(parts)` leaves them."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    change(parts)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return to


def resigned(path, to, change, key):
    """A bundle whose manifest says something else, signed anew by the key."""

    def alter(parts):
        value = json.loads(parts[zips.MANIFEST])
        change(value, parts)
        parts[zips.MANIFEST] = canonical(value)
        parts[zips.SIGNATURE] = key.sign(parts[zips.MANIFEST])

    return rewritten(path, to, alter)
