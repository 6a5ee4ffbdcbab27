"""How bodies word one clause of a text that they adapted: only what the actor may read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from casa.drafting import comparing
from casa.library.models import Clause, Entry, Version
from casa.library.queries.family import Family, Member
from casa.library.queries.heat import followed_by, head_level
from casa.library.queries.obligations import title_of

MOST = 50
NO_END = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Wording:
    """Some words, which bodies use them, and how they differ from the text of today.

    `number` is the version of the source that said it so; 0 where the bodies' words are their own.
    """

    text: str
    words: Sequence[comparing.Words]
    members: Sequence[Member]
    number: int

    @property
    def bodies(self) -> int:
        return len({member.body_id for member in self.members})


@dataclass(frozen=True, slots=True)
class Wordings:
    """A clause of today's text and the words that bodies use in its place.

    `dropped` took it out; `kept` say it as the text does today; `hidden` are copies whose text the
    actor may not read; `more` are wordings that are not shown.
    """

    clause: Clause
    text: str
    others: Sequence[Wording]
    kept: Sequence[Member]
    dropped: Sequence[Member]
    hidden: int
    more: int

    @property
    def title(self) -> str:
        return title_of(self.clause)


def wordings_of(entry: Entry, family: Family, key: str) -> Wordings | None:
    """Every wording of a clause, the most used first. Four queries, however many copies.

    None where today's text has no such clause.
    """
    version = entry.current
    clauses = list(version.clauses.defer("text").order_by("position")) if version else []
    clause = next((one for one in clauses if one.key == key), None)
    if version is None or clause is None:
        return None
    followed = followed_by(entry, family.root_id, family.members)
    copies = [member for member in family.members if member.version_id in followed]
    readable = [member for member in copies if member.url]
    ids = {version.pk, *followed.values(), *(member.version_id for member in readable)}
    texts = _texts(ids, key, max(head_level(clauses), clause.level))
    numbers = _numbers(followed.values(), texts)
    hidden = len(copies) - len(readable)
    return _sorted(clause, texts.get(version.pk, ""), readable, texts, numbers, hidden)


def _sorted(
    clause: Clause,
    own: str,
    readable: Iterable[Member],
    texts: Mapping[int, str],
    numbers: Mapping[str, int],
    hidden: int,
) -> Wordings:
    groups: dict[str, list[Member]] = defaultdict(list)
    for member in readable:
        groups[texts.get(member.version_id, "")].append(member)
    kept, dropped = groups.pop(own, []), groups.pop("", [])
    found = [
        Wording(text, comparing.diff_words(own, text), who, numbers.get(text, 0))
        for text, who in groups.items()
    ]
    found.sort(key=lambda one: -one.bodies)
    return Wordings(clause, own, found[:MOST], kept, dropped, hidden, len(found[MOST:]))


def _texts(versions: Collection[int], key: str, level: int) -> dict[int, str]:
    """The clause with all that stands below it, in each version that has it. One query."""
    parts: dict[int, list[str]] = defaultdict(list)
    for clause in _standing(versions, key, level):
        title = clause.heading if clause.key == key else ""
        parts[clause.version_id] += [title, _numbered(clause, key)]
    return {version: "\n\n".join(part for part in said if part) for version, said in parts.items()}


def _numbered(clause: Clause, key: str) -> str:
    """A comma with its number, which stands apart from its words."""
    number = clause.label.rpartition(" ")[2] if clause.key != key else ""
    return f"{number}. {clause.text}" if number.isalnum() else clause.text


def _standing(versions: Collection[int], key: str, level: int) -> QuerySet[Clause]:
    """The clauses from this one to the next of its level."""
    same = Clause.objects.filter(version=OuterRef("version"))
    begin = same.filter(key=key).values("position")[:1]
    following = same.filter(level__lte=level, position__gt=OuterRef("begin"))
    end = following.order_by().values("version").annotate(at=Min("position")).values("at")
    rows = Clause.objects.filter(version__in=versions).annotate(begin=Subquery(begin))
    rows = rows.annotate(end_at=Coalesce(Subquery(end), NO_END))
    return rows.filter(position__gte=F("begin"), position__lt=F("end_at")).order_by(
        "version", "position"
    )


def _numbers(followed: Iterable[int], texts: Mapping[int, str]) -> dict[str, int]:
    """By its words, the newest version of the source that says it so. One query."""
    rows = Version.objects.filter(pk__in=set(followed)).order_by("number")
    return {texts.get(pk, ""): number for pk, number in rows.values_list("pk", "number")}
