"""Makers of library data: cleared uploads with a real reading, entries, versions in any state."""

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import factory
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from factory.django import DjangoModelFactory

from casa import drafting
from casa.intake.models import Finding, Reading, Upload
from casa.library import services
from casa.library.models import Entry, Tag, Version
from casa.library.services.clauses import write_clauses
from casa.registry.models import Pillar
from tests.factories import BodyFactory, PersonFactory

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
TODAY = date(2026, 5, 4)
TEXT = """Capitolato di prova

Art. 1 – Oggetto
1. L'appalto riguarda la manutenzione delle aree verdi.
2. Sono compresi lo sfalcio e la potatura.

Art. 2 – Durata
1. Il contratto dura due anni.
"""


class PillarFactory(DjangoModelFactory):
    class Meta:
        model = Pillar
        django_get_or_create = ("code",)

    code = "sua"
    name = "Stazione unica appaltante"


class TagFactory(DjangoModelFactory):
    class Meta:
        model = Tag

    name = factory.Sequence(lambda n: f"Etichetta {n}")
    slug = factory.Sequence(lambda n: f"etichetta-{n}")


class UploadFactory(DjangoModelFactory):
    """A cleared text file, really stored and really read; `text` says what it holds."""

    class Meta:
        model = Upload
        skip_postgeneration_save = True

    class Params:
        text = TEXT

    body = factory.SubFactory(BodyFactory)
    office = factory.LazyAttribute(lambda made: made.body.offices.get(is_default=True))
    person = factory.SubFactory(PersonFactory)
    name = factory.Sequence(lambda n: f"capitolato-{n}.txt")
    size = factory.LazyAttribute(lambda made: len(made.text.encode()))
    sha256 = "0" * 64
    format = "txt"
    state = Upload.State.CLEARED
    received_at = NOON
    inspected_at = NOON
    file = factory.LazyAttribute(lambda made: _stored(made.text))

    @factory.post_generation
    def reading(self, create, extracted, **_):
        with default_storage.open(self.file.name) as stored:
            draft = read_text(stored.read().decode())
        Reading.objects.create(upload=self, draft=drafting.to_json(draft), language=draft.language)


class FindingFactory(DjangoModelFactory):
    class Meta:
        model = Finding

    upload = factory.SubFactory(UploadFactory)
    code = "tracked-changes"
    severity = Finding.Severity.WARNING
    message = "Il documento contiene 3 revisioni non accettate."


class EntryFactory(DjangoModelFactory):
    class Meta:
        model = Entry

    slug = factory.Sequence(lambda n: f"scheda-{n}")
    kind = "model"
    title = factory.Sequence(lambda n: f"Capitolato per il verde {n}")
    object = "Si usa per affidare la manutenzione del verde."
    pillar = factory.SubFactory(PillarFactory)
    licence = "CC-BY-4.0"
    audience = "public"
    body = factory.SubFactory(BodyFactory)
    office = factory.LazyAttribute(lambda made: made.body.offices.get(is_default=True))
    created_at = NOON
    edited_at = NOON


class VersionFactory(DjangoModelFactory):
    """A draft of one text file; make it anything else through the services."""

    class Meta:
        model = Version
        skip_postgeneration_save = True

    class Params:
        content = TEXT

    entry = factory.SubFactory(EntryFactory)
    number = factory.LazyAttribute(lambda made: made.entry.versions.count() + 1)
    changes = "Prima stesura."
    why = "Serviva un testo comune."
    effective_on = TODAY
    audience = factory.LazyAttribute(lambda made: made.entry.audience)
    author = factory.SubFactory(PersonFactory)
    edited_at = NOON
    editor_ids = factory.LazyAttribute(
        lambda made: [getattr(made, "author_id", None) or made.author.pk]
    )

    @factory.post_generation
    def text_file(self, create, extracted, **_):
        upload = UploadFactory(body=self.entry.body, **({"text": extracted} if extracted else {}))
        self.files.create(upload=upload, position=1)
        write_clauses(self)


def published(
    person, *, entry=None, text=None, reviewer=None, effective_on=TODAY, **fields
) -> Version:
    """A version that went through review, published by the services themselves."""
    entry = entry or EntryFactory(**fields)
    author = person("author", entry.body)
    version = VersionFactory(
        entry=entry,
        author_id=author.person_id,
        author=None,
        text_file=text,
        effective_on=effective_on,
    )
    version = services.propose_version(version=version, actor=author, now=NOON)
    if version.state == Version.State.PUBLISHED:
        return version
    return services.publish_version(
        version=version,
        checklist=[],
        waivers=[],
        note="",
        actor=reviewer or person("reviewer", entry.body),
        now=NOON,
    )


def read_text(text: str) -> drafting.Draft:
    """What the drafting table really reads in a text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "testo.txt"
        path.write_text(text, encoding="utf-8")
        return drafting.read(path)


def _stored(text: str) -> str:
    return default_storage.save("quarantine/prova", ContentFile(text.encode()))
