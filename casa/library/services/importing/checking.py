"""A trial: the whole manifest checked against what is there, changing nothing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.library import access
from casa.library.models import VersionFile
from casa.library.services.importing.files import Files
from casa.library.services.importing.rows import Row, read_rows
from casa.registry.actor import Actor
from casa.registry.models import Body
from casa.registry.services.people_import.rows import Mistake


@dataclass(frozen=True, slots=True)
class Twin:
    """A row whose main file, byte for byte, stands elsewhere too."""

    line: int
    title: str
    sentence: str


@dataclass(slots=True)
class Trial:
    """What an import would do, or why it does nothing."""

    rows: list[Row] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    twins: list[Twin] = field(default_factory=list)
    there: int = 0

    @property
    def told(self) -> str:
        """What would be made, in a sentence."""
        return _("Righe: %(rows)s. Schede nuove: %(new)s. C'erano già: %(there)s.") % {
            "rows": len(self.rows),
            "new": len(self.rows) - self.there,
            "there": self.there,
        }


def try_manifest(content: bytes, *, body: Body, files: Files, actor: Actor) -> Trial:
    """Read and check everything: words, files, what is there already, equal files."""
    demand_importer(actor, body)
    trial = Trial(rows=read_rows(content, body))
    files.expect(name for row in trial.rows for name in row.files if name)
    for row in trial.rows:
        _check_files(row, files)
        _check_office(row)
    trial.mistakes = [mistake for row in trial.rows for mistake in row.mistakes]
    if not trial.mistakes:
        _look_for_twins(trial, body=body, files=files)
    return trial


def demand_importer(actor: Actor, body: Body) -> None:
    """Refuse whoever does not write for the body acted for."""
    if not access.may_import(actor) or body.pk != actor.acting_for:
        raise Refused(
            _("Per importare un archivio serve un mandato di redazione nell'ente per cui operi.")
        )


def demand_publisher(actor: Actor) -> None:
    """Refuse whoever may not publish what nobody reviewed."""
    if not access.may_publish_unreviewed(actor):
        raise Refused(
            _(
                "Pubblicare un archivio senza revisione può solo chi gestisce la rete. Importa le "
                "bozze e mandale in revisione."
            )
        )


def _check_files(row: Row, files: Files) -> None:
    for at, name in enumerate(row.files):
        if name and (sentence := files.problem(name)):
            row.wrong("allegati" if at else "file", sentence)


def _check_office(row: Row) -> None:
    if row.office is None and not any(one.column == "ufficio" for one in row.mistakes):
        row.wrong("ufficio", _("l'ente non ha un ufficio predefinito: scrivine uno"))


def _look_for_twins(trial: Trial, *, body: Body, files: Files) -> None:
    digests = {row.line: files.sha256(row["file"]) for row in trial.rows}
    known = _known_mains(set(digests.values()), body)
    first: dict[str, Row] = {}
    for row in trial.rows:
        digest = digests[row.line]
        titles = known.get(digest, ())
        if row["titolo"] in titles:
            trial.there += 1
        elif sentence := _twin(titles, first.get(digest)):
            trial.twins.append(Twin(row.line, row["titolo"], sentence))
        first.setdefault(digest, row)


def _twin(titles: Sequence[str], before: Row | None) -> str:
    if titles:
        return _("lo stesso file è già nella scheda «%(title)s»") % {"title": titles[0]}
    if before is not None:
        return _("lo stesso file è anche alla riga %(line)s") % {"line": before.line}
    return ""


def _known_mains(digests: set[str], body: Body) -> dict[str, list[str]]:
    """The titles of the body's entries by the digest of a main file. One query."""
    mains = VersionFile.objects.filter(
        position=1, upload__sha256__in=digests, version__entry__body=body
    )
    found: dict[str, list[str]] = defaultdict(list)
    for digest, title in mains.values_list("upload__sha256", "version__entry__title"):
        found[digest].append(title)
    return found
