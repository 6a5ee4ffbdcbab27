"""Fifteen documents of one tender, from its answers to the files in the database.

The models have 5 to 60 pages: fields in body, header and footer, a condition, a table of lots. The
floor is measured on the same models in the same run: the bytes of each copied from one ZIP to
another, and plain docxtpl in one process, without a jail, a database or a stamp.
"""

import io
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from bench.house import house
from bench.measure import surroundings, table

COUNT, LEAST, MOST = 15, 5, 60
A_PAGE = 6
"""Paragraphs of these models that LibreOffice lays on one page."""
TARGET = 8.0
ROUNDS = 3
APART = ("odt", "pdf")


def run(_size: int) -> str:
    """Measure; gives the report in Markdown."""
    with house(), tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        models = _models(folder)
        tender = _tender(models)
        rows = [_row(_best(lambda: _produced(tender)), "produced and kept: the button of the page")]
        rows.append(_row(_best(lambda: _one_by_one(tender)), "the same, one button after another"))
        rows += [_row(_best(way), words) for words, way in _floor(folder, models)]
        told = [f"{number}: {pages} pages" for number, pages in enumerate(_pages(tender), 1)]
        rows += [
            _row(_best(lambda to=to: _in_format(tender, to)), f"as {to.upper()}") for to in APART
        ]
    best = rows[0][1]
    verdict = "reached" if float(best) <= TARGET else "MISSED"
    return "\n".join(
        [
            "# Producing the documents of a tender\n",
            surroundings() + "\n",
            f"{COUNT} documents ({', '.join(told)}). Target {TARGET:g} s: {verdict}.\n",
            "Best of three, in seconds; ODT and PDF from two LibreOffices side by side.\n",
            table(["", f"{COUNT} documents", "each"], rows),
        ]
    )


def _row(seconds: float, words: str) -> list[str]:
    return [words, f"{seconds:.2f}", f"{seconds / COUNT:.3f}"]


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _best(work: Callable[[], object]) -> float:
    return min(_timed(work) for _ in range(ROUNDS))


def _models(folder: Path) -> list[Path]:
    from tests.drafting.makers_models import determination

    pages = [LEAST + round(number * (MOST - LEAST) / (COUNT - 1)) for number in range(COUNT)]
    return [
        determination(folder / f"{number}.docx", paragraphs=A_PAGE * many)
        for number, many in enumerate(pages)
    ]


def _tender(models: Sequence[Path]):
    """A dossier with every model at a step and every answer given."""
    from django.utils import timezone

    from casa.dossier import services
    from tests.dossier.makers import need, opened
    from tests.drafting.makers_models import DATA
    from tests.factories import BodyFactory

    body = BodyFactory(name="Comune di prova")
    author = _actor(body, "author")
    dossier, now = opened(author, asked=need("120000")), timezone.now()
    step = dossier.case.steps.get(code="award")
    papers = [
        services.lay(dossier.pk, step.pk, services.Sheet(version=one), actor=author, now=now)
        for one in (_published(body, path) for path in models)
    ]
    services.read_models(papers)
    services.answer(dossier.pk, DATA, actor=author, now=now)
    return dossier, author


def _actor(body, role: str):
    from django.utils import timezone

    from casa.registry.actor import actor_for
    from tests.factories import MandateFactory

    person = MandateFactory(body=body, role=role).person
    return actor_for(person, on=timezone.localdate(), acting_for=body.pk)


def _published(body, path: Path):
    from casa.library import services as library
    from casa.library.models.choices import Audience
    from tests.intake.makers import inspected
    from tests.library.makers import NOON, TODAY, EntryFactory

    writer, reviewer = (_actor(body, role) for role in ("author", "reviewer"))
    entry = EntryFactory(title=path.stem, body=body, audience=Audience.PUBLIC, kind="model")
    upload = inspected(writer, "modello.docx", path.read_bytes())
    proposal = library.Proposal(
        changes="x", why="y", effective_on=TODAY, audience=Audience.PUBLIC, uploads=[upload]
    )
    version = library.open_version(entry=entry, proposal=proposal, actor=writer, now=NOON)
    version = library.propose_version(version=version, actor=writer, now=NOON)
    return library.publish_version(
        version=version, checklist=[], waivers=[], note="", actor=reviewer, now=NOON
    )


def _produced(tender) -> None:
    from django.utils import timezone

    from casa.dossier import services
    from casa.dossier.models import Product

    dossier, author = tender
    Product.objects.all().delete()
    made = services.produce_all(dossier.pk, actor=author, now=timezone.now())
    if len(made.products) != COUNT:
        raise AssertionError([why for _paper, why in made.refused])


def _one_by_one(tender) -> None:
    from django.utils import timezone

    from casa.dossier import queries, services

    dossier, author = tender
    for paper in queries.fillable_papers(author, dossier, now=timezone.now()):
        services.produce(dossier.pk, paper.pk, actor=author, now=timezone.now())


def _in_format(tender, to: str) -> list[bytes]:
    from casa.dossier.models import Product
    from casa.dossier.services import converting

    dossier, _author = tender
    rows = Product.objects.select_related("paper__version__entry").order_by("-pk")[:COUNT]
    made = converting.all_in_format(rows, to, dossier=dossier)
    refused = [one for one in made if isinstance(one, str)]
    if refused:
        raise AssertionError(refused)
    return [one.data for one in made]


def _pages(tender) -> list[int]:
    """How long the shortest and the longest are, told by LibreOffice."""
    from casa.drafting import read

    made = []
    with tempfile.TemporaryDirectory() as name:
        for number, data in enumerate(_in_format(tender, "pdf")):
            path = Path(name) / f"{number}.pdf"
            path.write_bytes(data)
            made.append(read(path).pages or 0)
    return sorted(made)


def _floor(folder: Path, models: Sequence[Path]) -> list[tuple[str, Callable[[], object]]]:
    from bench.filling import _docxtpl, _for_docxtpl
    from tests.drafting.makers_models import DATA

    plain = [_for_docxtpl(path, folder / f"plain-{path.name}") for path in models]
    return [
        ("floor: plain docxtpl, one process", lambda: [_docxtpl(one, DATA) for one in plain]),
        ("floor: each ZIP copied", lambda: [_copied(one) for one in models]),
    ]


def _copied(path: Path) -> bytes:
    made = io.BytesIO()
    with ZipFile(path) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return made.getvalue()
