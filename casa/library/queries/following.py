"""Tags and pillars as things that one follows, and the feeds of what is open to all."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from casa.library.models import Entry, Kit
from casa.library.models.choices import Audience
from casa.library.queries.catalogue import COLUMNS, NAMES, Filters
from casa.notices.things import Thing
from casa.registry.actor import ANONYMOUS

SUBJECTS = ("etichetta", "pilastro")


def tag_key(slug: str) -> str:
    """How a tag is named among the things that one follows."""
    return f"library:tag:{slug}"


def pillar_key(code: str) -> str:
    """How a pillar is named among them."""
    return f"library:pillar:{code}"


def subject_of(filters: Filters, names: Mapping[str, Mapping[str, str]]) -> Thing | None:
    """The one tag or pillar that a list is about; none where other filters narrow it too.

    `names` are those of the values that have entries: a value nobody uses is followed by nobody.
    """
    chosen = [(name, value) for name, values in filters.items() for value in values]
    if len(chosen) != 1 or chosen[0][0] not in SUBJECTS:
        return None
    name, value = chosen[0]
    known = names[name].get(value)
    return _subject(name, value, known) if known else None


def open_subject(filters: Filters) -> Thing | None:
    """The same where everybody may read something about it. At most one query."""
    chosen = [(name, value) for name in SUBJECTS for value in filters.get(name, ())]
    if len(chosen) != 1:
        return None
    name, value = chosen[0]
    rows = Entry.objects.visible_to(ANONYMOUS).offered().filter(**{COLUMNS[name]: value})
    known = rows.order_by().values_list(NAMES[name], flat=True).first()
    return _subject(name, value, known) if known else None


def feed_of_subject(filters: Filters) -> str:
    """The address of its feed, with the words of its list; empty where not everybody may read."""
    thing = open_subject(filters)
    asked = thing.url.partition("?")[2] if thing else ""
    return f"{reverse('library:subject_feed')}?{asked}" if asked else ""


def feed_of_entry(entry: Entry) -> str:
    """The address of its feed where everybody may read it; empty elsewhere."""
    is_open = entry.current_id is not None and entry.audience == Audience.PUBLIC
    return reverse("library:entry_feed", args=[entry.slug]) if is_open else ""


def feed_of_kit(kit: Kit) -> str:
    """The same of a kit."""
    is_open = kit.is_published and kit.audience == Audience.PUBLIC
    return reverse("library:kit_feed", args=[kit.slug]) if is_open else ""


def _subject(name: str, value: str, known: str) -> Thing:
    titles: Mapping[str, str] = {
        "etichetta": _("Etichetta «%s»") % known,
        "pilastro": _("Pilastro «%s»") % known,
    }
    keys = {"etichetta": tag_key(value), "pilastro": pillar_key(value)}
    url = f"{reverse('library:catalogue')}?{urlencode({name: value})}"
    return Thing(keys[name], titles[name], url)
