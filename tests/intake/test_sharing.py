"""«Prima di condividere»: choices, the copy made in the jail, what is told and what is not stored."""

import re

import pytest
from django.urls import reverse

from casa.foundation import jail
from casa.foundation.errors import Refused
from casa.intake import queries, services, sharing
from casa.intake.models import CleanedCopy, SharingDecision, Upload
from casa.intake.services import Choice
from casa.registry.models import TrailLine
from tests.factories import BodyFactory
from tests.intake.makers import FISCAL_CODE, IBAN, NOON, docx, inspected, receive

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        jail.jail_in_force() is jail.Jail.NONE, reason="no jail on this machine: install bubblewrap"
    ),
]
MAIL = "tizia.caia@gmail.com"
OFFICE = "protocollo@comune.prova.example"
WORDS = (
    f"Il sottoscritto, codice fiscale {FISCAL_CODE}, chiede il rimborso.",
    f"Scrivere a {MAIL} oppure a {OFFICE} entro il termine.",
)


@pytest.fixture
def author(person):
    return person("author", BodyFactory())


@pytest.fixture
def page(client, login, author):
    return login(client, author)


@pytest.fixture
def upload(author, tmp_path):
    return inspected(author, "domanda.docx", paper(tmp_path))


def paper(folder, words=WORDS, author="Tizia Caia"):
    return docx(folder, articles=[("Oggetto", list(words))], author=author)


def found(upload):
    return {one.value: one for one in sharing.found_in(queries.draft_of(upload), upload)}


def asked(upload, actor, choices=None, *, name="copia", extra=""):
    cleaned = services.prepare(
        upload=upload, choices=choices or {}, name=name, extra=extra, actor=actor, now=NOON
    )
    services.clean(copy_id=cleaned.pk, now=NOON)
    cleaned.refresh_from_db()
    return cleaned


def made(upload, actor, choices=None, **options):
    """The copy, inspected."""
    cleaned = asked(upload, actor, choices, **options)
    assert cleaned.state == "done", cleaned.reason
    services.inspect(upload_id=cleaned.copy_id, now=NOON)
    return Upload.objects.get(pk=cleaned.copy_id), cleaned


def test_what_is_a_persons_is_proposed_for_removal_and_what_is_an_offices_stays(upload):
    proposed = {value: (one.level, one.proposed) for value, one in found(upload).items()}
    assert proposed == {
        FISCAL_CODE: ("blocking", "remove"),
        MAIL: ("blocking", "remove"),
        OFFICE: ("info", "keep"),
    }
