"""How well proved a text is: how it went for bodies, who vouches for it, on which step it is."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casa.library.models import (
    Adoption,
    BodyUse,
    Citation,
    Clause,
    Endorsement,
    Entry,
    Experience,
    Version,
)

USED = (Adoption.State.TRIAL, Adoption.State.IN_USE, Adoption.State.STOPPED)


@dataclass(frozen=True, slots=True)
class Experiences:
    """How many bodies said that it worked, that it worked with changes, that it did not."""

    yes: int
    changed: int
    no: int

    @property
    def bodies(self) -> int:
        return self.yes + self.changed + self.no


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the ladder: what it says when it is reached, what is missing when it is not."""

    label: str
    said: str
    missing: str

    @property
    def is_reached(self) -> bool:
        return not self.missing


@dataclass(frozen=True, slots=True)
class Standing:
    """Declared → documented → reviewed → validated, for one version."""

    steps: Sequence[Step]
    experiences: Experiences
    endorsements: Sequence[Endorsement]

    @property
    def reached(self) -> Step:
        """The highest step reached; the first one always is."""
        return [step for step in self.steps if step.is_reached][-1]

    @property
    def missing(self) -> Sequence[Step]:
        """What is missing up to the next step: lower ones that were passed over count too."""
        ahead = [step for step in self.steps if not step.is_reached]
        last = max(self.steps.index(self.reached) + 1, 1)
        return [step for step in ahead if self.steps.index(step) <= last]


def experiences(entry: Entry) -> Experiences:
    """The totals that everybody sees. One query."""
    found = Counter(Experience.objects.filter(entry=entry).values_list("outcome", flat=True))
    outcome = Experience.Outcome
    return Experiences(yes=found[outcome.YES], changed=found[outcome.CHANGED], no=found[outcome.NO])


def experiences_of(entry: Entry) -> QuerySet[Experience]:
    """What bodies told and what the authors answered, the newest first."""
    rows = Experience.objects.filter(entry=entry).select_related("body", "office", "version")
    return rows.defer("version__text").order_by("-told_at", "-pk")


def experience_by(body_id: int | None, entry: Entry) -> Experience | None:
    """How it went for a body."""
    return Experience.objects.filter(entry=entry, body=body_id).first() if body_id else None


def has_used(body_id: int | None, entry: Entry) -> bool:
    """Whether a body adopted the entry, or took its file away. Two queries at most."""
    if body_id is None:
        return False
    adopted = Adoption.objects.filter(entry=entry, body=body_id, state__in=USED)
    taken = BodyUse.objects.filter(version__entry=entry, body=body_id)
    return adopted.exists() or taken.exists()


def endorsement_by(
    body_id: int | None, person_id: int | None, version: Version
) -> Endorsement | None:
    """What the actor vouched for in this version: for the body acted for, else for another."""
    rows = Endorsement.objects.filter(version=version, person=person_id)
    own = rows.select_related("body", "version__entry").order_by("pk")
    return own.filter(body=body_id).first() or own.first()


def standing_of(entry: Entry, version: Version | None) -> Standing | None:
    """Of a published version. Three queries."""
    if version is None or version.published_at is None:
        return None
    vouched = list(version.endorsements.select_related("body", "person").order_by("made_at"))
    return Standing(
        steps=list(_steps(entry, version, vouched)),
        experiences=experiences(entry),
        endorsements=vouched,
    )


def _steps(entry: Entry, version: Version, vouched: Sequence[Endorsement]) -> Iterator[Step]:
    on = date_format(version.published_at, "j F Y") if version.published_at else ""
    yield Step(_("Dichiarata"), _("%(body)s l'ha pubblicata il %(on)s.") % _said(entry, on), "")
    yield Step(
        _("Documentata"),
        _("Il testo si legge qui, cita le norme e dice in quale caso si usa."),
        ", ".join(_undocumented(entry, version)),
    )
    yield Step(
        _("Rivista"),
        _("Un'altra persona l'ha rivista prima della pubblicazione."),
        "" if version.reviewer_id else _("la revisione di un'altra persona"),
    )
    yield Step(
        _("Validata dalla rete"),
        _checked_by({row.body_id for row in vouched}),
        "" if vouched else _("la validazione di chi rivede per un altro ente"),
    )


def _checked_by(bodies: Collection[int]) -> str:
    """How many bodies vouch for it, however many experts each of them has."""
    return ngettext(
        "Chi rivede per un altro ente l'ha controllata: criteri e giorno sono qui sotto.",
        "Chi rivede per altri %(n)d enti l'ha controllata: criteri e giorni sono qui sotto.",
        len(bodies),
    ) % {"n": len(bodies)}


def _said(entry: Entry, on: str) -> dict[str, str]:
    return {"body": str(entry.body), "on": on}


def _undocumented(entry: Entry, version: Version) -> Iterator[str]:
    """What a reader would miss. One query."""
    clauses = Clause.objects.filter(version=OuterRef("pk"))
    cited = Citation.objects.filter(version=OuterRef("pk"))
    rows = Version.objects.filter(pk=version.pk).values_list(Exists(clauses), Exists(cited))
    has_text, has_norms = rows.get()
    if not has_text:
        yield _("un testo che si legge sulla pagina")
    if not (has_norms or entry.norms):
        yield _("le norme su cui si basa")
    if not (entry.procedure_type or entry.contract_type or entry.phase):
        yield _("la procedura, il contratto o la fase nella scheda")
