"""A document with blanks becomes a model in the browser, and the model's page lists its fields."""

import pytest
from playwright.sync_api import expect

from casa.intake import services as intake
from casa.intake.models import Upload
from casa.library import services
from tests.factories import BodyFactory
from tests.intake.makers import inspected
from tests.journeys.axe import assert_accessible, assert_fits, assert_targets
from tests.library.makers import NOON, VersionFactory
from tests.library.test_fields import DOCUMENT, word

pytestmark = pytest.mark.django_db(transaction=True)


def check(window):
    assert_accessible(window)
    assert_fits(window)
    assert_targets(window)


@pytest.fixture
def body():
    return BodyFactory()


@pytest.mark.parametrize("kind", ["page", "phone", "plain"])
def test_the_blanks_of_a_document_become_the_fields_of_a_model(request, person, enter, body, kind):
    author = person("author", body)
    version = VersionFactory(entry__body=body)
    file = inspected(author, "incarico.docx", word(*DOCUMENT))
    attach(version, file, author)
    window = enter(request.getfixturevalue(kind), author)
    scripted = kind != "plain"
    window.goto(version.get_absolute_url())
    window.get_by_role("link", name="Nel file ci sono 3 spazi da compilare").click()
    first = window.get_by_role("group").filter(has_text="Il sottoscritto").first
    first.get_by_label("Nome del campo").fill("dichiarante")
    if scripted:
        check(window)
    window.get_by_role("button", name="Ricava il modello").click()
    expect(window.get_by_text("Il modello è fra i file dell'ente.")).to_be_visible()

    made = Upload.objects.get(made_model__source=version)
    intake.inspect(upload_id=made.pk, now=NOON)
    made.refresh_from_db()
    attach(version, made, author)
    window.goto(version.get_absolute_url())
    window.get_by_text("3 campi da compilare").click()
    expect(window.get_by_role("rowheader", name="dichiarante")).to_be_visible()
    if scripted:
        check(window)


def attach(version, upload, author):
    services.edit_version(
        version=version,
        proposal=services.Proposal(
            changes="x", why="y", effective_on=NOON.date(), audience="public", uploads=[upload]
        ),
        actor=author,
        now=NOON,
    )
    services.read_fields_again()
