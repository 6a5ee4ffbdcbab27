"""Who takes the archive of a dossier, who brings one back, row by row."""

import pytest
from django.utils import timezone

from casa.dossier import access
from casa.dossier.archive.rights import may_import
from casa.dossier.models import Dossier
from casa.registry.actor import ANONYMOUS, SYSTEM, weakened

pytestmark = pytest.mark.django_db

ARCHIVE_RIGHTS = ("take_the_archive", "with_what_is_reserved", "bring_one_back")
ARCHIVE_TABLE = [
    ("author of the Comune", True, False, True),
    ("reviewer of the Comune", True, False, True),
    ("reader of the Comune", True, False, False),
    ("author of the SUA", True, True, False),
    ("reader of the SUA", True, False, False),
    ("author of another body", False, False, False),
    ("administrator before the second factor", True, False, False),
    ("network manager", False, False, False),
    ("visitor", False, False, False),
    ("command line", False, False, True),
]


@pytest.fixture
def people(person, comune, author, officer):
    return {
        "author of the Comune": author,
        "reviewer of the Comune": person("reviewer", comune),
        "reader of the Comune": person("reader", comune),
        "author of the SUA": officer,
        "reader of the SUA": person("reader", comune.province_body),
        "author of another body": person("author"),
        "administrator before the second factor": weakened(person("administrator", comune)),
        "network manager": person(network="manager"),
        "visitor": ANONYMOUS,
        "command line": SYSTEM,
    }


@pytest.mark.parametrize("row", ARCHIVE_TABLE, ids=[row[0] for row in ARCHIVE_TABLE])
def test_who_may_do_what_with_an_archive(row, people, dossier, comune):
    who, *expected = row
    actor = people[who]
    assert [
        Dossier.objects.visible_to(actor).exists(),
        access.may_read_participants(actor, dossier, timezone.now()),
        may_import(actor, comune),
    ] == expected
