"""A database of its own for the bench, thrown away at the end, holding the cards of the corpus.

With `BENCH_HOUSE=/some/folder` it is kept there with its index, and found there the next time.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from bench.corpus import Made, corpus

LOT = 500
KEPT = "BENCH_HOUSE"


@contextmanager
def house() -> Iterator[Path]:
    """A folder with a running database; Django is set up on it."""
    from casa.foundation.postgres.server import PrivatePostgres

    kept = os.environ.get(KEPT)
    folder = Path(kept or tempfile.mkdtemp(prefix="casa-bench-"))
    folder.mkdir(exist_ok=True)
    folder.chmod(0o711)
    server = PrivatePostgres(folder / "postgres", durable=True)
    try:
        server.start()
        set_up_django(folder, server.url)
        yield folder
    finally:
        server.stop(patience=0.0)
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)


def set_up_django(folder: Path, url: str) -> None:
    os.environ["CASA_DATABASE_URL"] = url
    os.environ["CASA_DATA_DIR"] = str(folder / "var")
    os.environ["DJANGO_SETTINGS_MODULE"] = "casa.settings.test"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def file_cards(size: int) -> None:
    """Write the corpus down as cards, in lots: what rooms would file one by one.

    Under the lock that gives numbers: a platform just started files its own texts meanwhile.
    """
    from django.db import connection, transaction

    from casa.search.models import IndexCard
    from casa.search.services.cards import CARD_LOCK

    if IndexCard.objects.filter(key__startswith="bench:").count() >= size:
        return  # a house that was kept
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CARD_LOCK])
        _file_all(size)


def _file_all(size: int) -> None:
    from casa.search.indexing import last_number
    from casa.search.models import IndexCard

    documents, first = corpus(size), last_number() + 1
    while lot := list(islice(documents, LOT)):
        IndexCard.objects.bulk_create([_card(made, first) for made in lot])
    _take_numbers(first + size)


def _card(made: Made, first: int):
    from casa.search.models import IndexCard

    return IndexCard(
        key=f"bench:{made.number}",
        kind=made.facets["kind"][0],
        title=made.title,
        object=made.subject,
        text=made.text,
        clauses=made.clauses,
        url=f"/biblioteca/bench-{made.number}/",
        facets=made.facets,
        audience=made.audience,
        dated_on=made.dated_on,
        reviewed=made.number % 3 == 0,
        sequence=first + made.number,
    )


def _take_numbers(last: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('search_card_sequence', %s)", [last])
        cursor.execute("ANALYZE search_card")
