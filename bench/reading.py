"""Reading: our readers beside the libraries that one would take instead, over the same files.

Truth is known for documents of our own, which LibreOffice converts: every title and number is
as we wrote it. The real files of ../shared/data/documents are timed only.
"""

import importlib
import importlib.util
import random
import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import docx
import pypdfium2
from rapidfuzz.distance import Levenshtein

from bench.measure import surroundings
from casa.drafting import Draft, Limits, ocr, office, read
from tests.drafting.helped import read_helped
from tests.drafting.makers import ARTICLES, TITLE, Article, make_docx, make_pdf

REAL = Path(__file__).parents[2] / "shared" / "data" / "documents"
SCANNED = "tender_2025_complete/docs_ALL._I_SCHEMA_DI_CONTRATTO_AQ.pdf"
SCANNED_PAGES = (2, 3, 4)
SEED = 5
HELPED = Limits(programs=1)  # the files are our own
WORDS = re.findall(r"\w+", " ".join(comma for _, commas in ARTICLES for comma in commas))
Text = Callable[[Path], str]


def run(size: int) -> str:
    """Measure; `size` only bounds how many articles the made document has."""
    articles = made_articles(min(200, max(20, size // 50)))
    with tempfile.TemporaryDirectory() as folder:
        rows = [*structure_rows(Path(folder), articles), "", *speed_rows()]
        rows += ["", *scan_rows(Path(folder))]
    return "\n".join(["# Reading", "", surroundings(), "", *rows, ""])


def made_articles(count: int) -> list[Article]:
    """Articles with titles of one to two lines and commi of some lines, always the same."""
    chance = random.Random(SEED)

    def words(least: int, most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(least, most))).capitalize()

    return [
        (words(2, 16), [f"{words(15, 70)}." for _ in range(chance.randint(1, 4))])
        for _ in range(count)
    ]


def structure_rows(folder: Path, articles: Sequence[Article]) -> list[str]:
    """One row for each format and way of numbering: headings, numbers and words found."""
    rows = [
        "| format | reader | headings | false | numbers | words R | words P | s |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for automatic in (True, False):
        name = "automatic" if automatic else "typed"
        source = make_docx(
            folder / f"{name}.docx", articles=articles, automatic_numbering=automatic
        )
        for path in [source, *converted(source)]:
            rows.append(our_row(path, articles, name=name))
            rows += rival_rows(path, articles, name=name)
    return rows


def converted(source: Path) -> list[Path]:
    """The same document in the other formats, as far as LibreOffice is here."""
    made = []
    for to in ("odt", "doc", "rtf", "pdf") if office.program() else ():
        with office.converted(source, suffix="docx", to=to, limits=HELPED) as result:
            if result is not None:
                made.append(Path(shutil.copyfile(result, source.with_suffix(f".{to}"))))
    return made


def our_row(path: Path, articles: Sequence[Article], *, name: str) -> str:
    """Headings told as such, false ones, and the share of right numbers."""
    begun = time.perf_counter()
    draft = read(path, limits=HELPED)
    seconds = time.perf_counter() - begun
    found, false = headings(draft, articles)
    labels = {clause.label for clause in draft.clauses}
    wanted = wanted_labels(articles)
    numbers = sum(label in labels for label in wanted) / len(wanted)
    recall, precision = overlap(draft.text, articles)
    return (
        f"| {path.suffix[1:]} {name} | **ours** | {found:.3f} | {false:.3f} | {numbers:.3f} | "
        f"{recall:.4f} | {precision:.4f} | {seconds:.2f} |"
    )


def headings(draft: Draft, articles: Sequence[Article]) -> tuple[float, float]:
    """The share of titles that are headings, and of headings that are no title."""
    told = Counter(block.text for block in draft.blocks[1:] if block.kind == "heading")
    truth = Counter(" ".join(title.split()) for title, _ in articles)
    right = sum((told & truth).values())
    return right / sum(truth.values()), 1 - right / max(1, sum(told.values()))


def wanted_labels(articles: Sequence[Article]) -> list[str]:
    """ "Art. 3", "Art. 3, c. 1" … as the document numbers them."""
    return [
        label
        for number, (_, commas) in enumerate(articles, start=1)
        for label in (
            f"Art. {number}",
            *(f"Art. {number}, c. {comma}" for comma in range(1, len(commas) + 1)),
        )
    ]


def overlap(text: str, articles: Sequence[Article]) -> tuple[float, float]:
    """Recall and precision of words as a multiset, titles and commi only."""
    truth = Counter(
        re.findall(r"[^\W\d_]{3,}", " ".join(f"{title} {' '.join(c)}" for title, c in articles))
    )
    found = Counter(re.findall(r"[^\W\d_]{3,}", text.replace("Art. ", "").replace(TITLE, "")))
    both = sum((truth & found).values())
    return both / sum(truth.values()), both / max(1, sum(found.values()))


def rival_rows(path: Path, articles: Sequence[Article], *, name: str) -> list[str]:
    """The others that can be imported here: their words, and numbers where they stand in text."""
    rows = []
    for rival, text_of in rivals(path.suffix).items():
        begun = time.perf_counter()
        text = text_of(path)
        seconds = time.perf_counter() - begun
        recall, precision = overlap(text, articles)
        there = [title for title, _ in articles if has_number(text, title)]
        rows.append(
            f"| {path.suffix[1:]} {name} | {rival} | – | – | {len(there) / len(articles):.3f} | "
            f"{recall:.4f} | {precision:.4f} | {seconds:.2f} |"
        )
    return rows


def has_number(text: str, title: str) -> bool:
    """Does an article's number stand before the beginning of its title?"""
    return bool(re.search(rf"Art\. \d+ –\s+{re.escape(title[:20])}", text))


def rivals(suffix: str) -> dict[str, Text]:
    """Libraries for this kind of file; those not installed are left out."""
    known: dict[str, dict[str, Text]] = {
        ".docx": {
            "python-docx": lambda path: "\n".join(
                p.text for p in docx.Document(str(path)).paragraphs
            ),
            "mammoth": lambda path: _library("mammoth").extract_raw_text(path.open("rb")).value,
            "docx2python": lambda path: _library("docx2python").docx2python(path).text,
        },
        ".pdf": {
            "pypdfium2 raw": raw_pdf,
            "pypdf": lambda path: "\n".join(
                page.extract_text() for page in _library("pypdf").PdfReader(path).pages
            ),
            "pdfplumber": lambda path: "\n".join(
                page.extract_text() or "" for page in _library("pdfplumber").open(path).pages
            ),
        },
    }
    modules = {"python-docx": "docx", "pypdfium2 raw": "pypdfium2"}
    return {
        name: text_of
        for name, text_of in known.get(suffix, {}).items()
        if importlib.util.find_spec(modules.get(name, name))
    }


def plain_docx(path: Path) -> str:
    """The paragraphs as python-docx gives them."""
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def _library(name: str) -> Any:
    return importlib.import_module(name)


def raw_pdf(path: Path) -> str:
    """What pdfium gives, page after page."""
    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def speed_rows() -> list[str]:
    """Pages a second over the real PDFs, ours and pdfium's bare text; none where they are not."""
    paths = sorted(REAL.rglob("*.pdf"))
    if not paths:
        return []
    pages = sum(len(pypdfium2.PdfDocument(path)) for path in paths)
    rows = ["| real PDFs | pages | CPU s | pages/s |", "|---|---|---|---|"]
    for name, reader in (("ours", read), ("pypdfium2 raw", raw_pdf)):
        begun = time.process_time()
        for path in paths:
            reader(path)
        seconds = time.process_time() - begun
        rows.append(f"| {name} | {pages} | {seconds:.2f} | {pages / seconds:.0f} |")
    return rows


def scan_rows(folder: Path) -> list[str]:
    """Wrong letters of pages as a scanner gives them at 200 dpi: ours, turned, and real ones."""
    if ocr.program() is None:
        return []
    rows = ["| scans at 200 dpi | letters | CER |", "|---|---|---|"]
    made = pypdfium2.PdfDocument(make_pdf(folder / "made.pdf", articles=ARTICLES * 3))
    pages = [(f"made, turned by {turned}", made[0], turned) for turned in (0, 90, 180, 270)]
    if (path := REAL / SCANNED).exists():
        real = pypdfium2.PdfDocument(path)
        pages += [(f"{path.stem}, page {number + 1}", real[number], 0) for number in SCANNED_PAGES]
    for name, page, turned in pages:
        picture = page.render(scale=200 / 72, grayscale=True).to_pil().rotate(turned, expand=True)
        picture.save(folder / "scan.pdf", resolution=200)
        truth = "".join(page.get_textpage().get_text_range().split())
        found = "".join(read_helped(folder / "scan.pdf").text.split())
        wrong = Levenshtein.distance(truth, found) / len(truth)
        rows.append(f"| {name} | {len(truth)} | {wrong:.4f} |")
    return rows
