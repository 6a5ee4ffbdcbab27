"""Published entries, as the home page meets them."""

from django.utils import timezone

from casa.library.models import Entry, Version
from casa.registry.models import Body, Pillar
from tests.factories import PersonFactory


def published(number: int, body: Body, *, audience: str = "public") -> Entry:
    """An entry with one published version."""
    now = timezone.now()
    pillar, _made = Pillar.objects.get_or_create(
        code="prova", defaults={"name": "Pilastro di prova"}
    )
    entry = Entry.objects.create(
        slug=f"scheda-{body.pk}-{number}",
        kind="model",
        title=f"Modello di prova {number}",
        object="Serve a provare.",
        pillar=pillar,
        audience=audience,
        body=body,
        office=body.offices.get(),
        created_at=now,
        edited_at=now,
    )
    entry.current = Version.objects.create(
        entry=entry,
        number=1,
        state="published",
        audience=audience,
        changes="Prima versione",
        why="Serve",
        effective_on=now.date(),
        published_at=now,
        edited_at=now,
        author=PersonFactory(),
        text="Testo di prova",
    )
    entry.save()
    return entry
