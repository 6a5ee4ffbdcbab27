"""Our own texts in lists: by phase, with the day of the check and the kits that hold them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from casa.library.models import Entry, Kit, KitItem, StarterText, Version
from casa.library.models.choices import Kind, Phase
from casa.registry.actor import Actor

LOADING = "casa.library.starter.tasks.load_starter"


@dataclass(frozen=True, slots=True)
class StarterRow:
    """A text in the list: what was loaded, its entry, the kits that it is part of."""

    issue: StarterText
    kits: Sequence[Kit]

    @property
    def entry(self) -> Entry:
        """The entry that it became."""
        return self.issue.entry


@dataclass(frozen=True, slots=True)
class StarterGroup:
    """The texts of one phase, or of one kind that has none."""

    code: str
    label: str
    rows: Sequence[StarterRow]


def starter_issue(version: Version) -> StarterText | None:
    """The issue of our texts that this version is; None for anybody else's. No query
    for versions that `versions_of` gave."""
    return getattr(version, "starter_text", None)


def starter_kits(actor: Actor) -> list[Kit]:
    """Our kits on offer that the actor may read. One query."""
    rows = Kit.objects.visible_to(actor).offered().filter(starter_kit__isnull=False)
    return list(rows.order_by("pk"))


def starter_is_loading() -> bool:
    """Whether the worker has them to bring in, or is at it. One query."""
    asked = DBTaskResult.objects.filter(task_path=LOADING)
    return asked.filter(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING)).exists()


def starter_texts(actor: Actor) -> list[StarterGroup]:
    """Our texts in force that the actor may read, by phase and title. Two queries.

    An entry whose version in force is another hand's is not among them.
    """
    offered = Entry.objects.visible_to(actor).offered()
    issues = StarterText.objects.filter(version=F("entry__current"), entry__in=offered)
    issues = issues.select_related("entry__pillar", "version").defer("version__text")
    kits = _kits_by_entry(actor)
    rows = [
        StarterRow(issue, kits.get(issue.entry_id, ()))
        for issue in issues.order_by("entry__title", "pk")
    ]
    labels = _labels()
    grouped: dict[str, list[StarterRow]] = {code: [] for code in labels}
    for row in rows:
        grouped[_code(row.entry)].append(row)
    return [StarterGroup(code, labels[code], rows) for code, rows in grouped.items() if rows]


def _kits_by_entry(actor: Actor) -> Mapping[int, Sequence[Kit]]:
    """Our kits by the entries they hold."""
    shown = Kit.objects.visible_to(actor).offered().filter(starter_kit__isnull=False)
    items = KitItem.objects.filter(kit__in=shown, entry__isnull=False).select_related("kit")
    found: dict[int, list[Kit]] = {}
    for item in items.order_by("kit_id", "position"):
        found.setdefault(item.entry_id or 0, []).append(item.kit)
    return found


def _code(entry: Entry) -> str:
    if entry.kind in (Kind.ORGANISATIONAL_MODEL, Kind.PRACTICE):
        return "practices"
    if entry.kind == Kind.SERVICE_MODEL:
        return "services"
    return entry.phase or "whole"


def _labels() -> Mapping[str, str]:
    """The groups in their order."""
    return {
        **{str(code): str(label) for code, label in Phase.choices},
        "whole": _("Convenzioni, regolamenti e altri atti"),
        "services": _("Modelli di servizio"),
        "practices": _("Modelli organizzativi e buone pratiche"),
    }
