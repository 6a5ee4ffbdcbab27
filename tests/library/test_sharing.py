"""What the reviewer and the author of an open version read of cleaned copies."""

import pytest

from casa.intake.models import CleanedCopy, SharingDecision, Upload
from tests.factories import BodyFactory
from tests.intake.makers import NOON
from tests.library.makers import VersionFactory

pytestmark = pytest.mark.django_db
KEPT = "studio@ditta.example"


@pytest.fixture
def cleaned(person):
    """A version in review whose file is a cleaned copy."""
    body = BodyFactory()
    author = person("author", body)
    version = VersionFactory(
        entry__body=body, state="in_review", author_id=author.person_id, author=None
    )
    cleaned = CleanedCopy.objects.create(
        copy=Upload.objects.get(version_file__version=version),
        person_id=author.person_id,
        name="copia",
        state="done",
        removed=[{"kind": "fiscal_code", "values": 2, "places": 3}],
        dropped=[{"code": "comments", "count": 4}],
        requested_at=NOON,
        finished_at=NOON,
    )
    SharingDecision.objects.create(
        cleaned=cleaned,
        kind="email",
        level="check",
        is_valid=True,
        place="Art. 3",
        places=1,
        digest="0" * 64,
        action="keep",
        value=KEPT,
        why="firm",
    )
    return version


def address(version):
    return f"{version.entry.get_absolute_url()}versione/{version.number}/"


def test_the_reviewer_need_not_ask_what_was_cleaned(client, login, person, cleaned):
    reviewer = login(client, person("reviewer", cleaned.entry.body))
    text = reviewer.get(f"{address(cleaned)}revisione/").content.decode()
    assert "Codice fiscale: 2 dati, in 3 punti" in text
    assert f'<strong class="casa-breakable">{KEPT}</strong> (Art. 3): è di un&#x27;impresa' in text
    assert "4 commenti" in text


def test_nobody_else_reads_it(client, login, person, cleaned):
    stranger = login(client, person("author", BodyFactory()))
    for page in (address(cleaned), f"{address(cleaned)}revisione/"):
        answer = stranger.get(page)
        assert answer.status_code in (403, 404)
        assert KEPT not in answer.content.decode()


def test_the_author_is_led_to_files_not_cleaned_yet_and_only_those(client, login, person, cleaned):
    author = login(client, person("author", cleaned.entry.body))
    assert "prima-di-condividere" not in author.get(address(cleaned)).content.decode()
    CleanedCopy.objects.all().delete()
    assert "prima-di-condividere" in author.get(address(cleaned)).content.decode()
