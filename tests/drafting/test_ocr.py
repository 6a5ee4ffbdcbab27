import re
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from casa.drafting import Limits, Unreadable, from_json, ocr, read, to_json
from tests.drafting.helped import read_helped, with_ocr
from tests.drafting.makers import ARTICLES, make_pdf

WORST_CER = 0.015


def picture(tmp_path: Path) -> Image.Image:
    """The first page of a PDF of ours as a scanner at 200 dpi gives it."""
    document = pypdfium2.PdfDocument(make_pdf(tmp_path / "source.pdf", articles=ARTICLES * 3))
    return document[0].render(scale=200 / 72, grayscale=True).to_pil()


def letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_a_scan_is_accepted_and_its_unread_pages_are_named(tmp_path: Path):
    picture(tmp_path).save(tmp_path / "a.pdf", resolution=200)

    draft = read(tmp_path / "a.pdf")

    assert (draft.text, draft.scanned_pages, draft.ocr_pages) == ("", (1,), ())
    assert "pagina 1" in draft.unread[0]
    assert from_json(to_json(draft)) == draft


def test_without_tesseract_a_picture_is_accepted_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(ocr.shutil, "which", lambda _: None)
    picture(tmp_path).save(tmp_path / "a.png")

    draft = read(tmp_path / "a.png", limits=Limits(programs=1))

    assert (draft.format, draft.text) == ("image", "")
    assert draft.unread == (
        f"L'immagine è stata accettata ma il suo testo non è stato letto: {ocr.MISSING}.",
    )


def test_a_picture_that_cannot_be_opened_is_accepted_with_the_reason(tmp_path: Path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))

    assert "PNG o JPEG" in read(tmp_path / "a.png").unread[0]


def test_a_picture_that_claims_to_be_huge_is_refused_before_it_is_unpacked(tmp_path: Path):
    small = tmp_path / "a.png"
    Image.new("1", (30_000, 20_000)).save(small)

    with pytest.raises(Unreadable) as refused:
        read(small, limits=Limits(programs=1))

    assert refused.value.code == "too_large"


def test_a_large_picture_is_made_smaller_and_a_small_one_is_left(tmp_path: Path):
    large = ocr.bounded(Image.new("L", (10_000, 8_000)))

    assert large.width * large.height <= ocr.MOST_PIXELS
    assert ocr.bounded(Image.new("L", (100, 80))).size == (100, 80)


class TestWithTesseract:
    pytestmark = with_ocr

    @pytest.mark.parametrize("turned", [0, 90, 180, 270])
    def test_a_scan_is_righted_and_read_with_few_wrong_letters(self, tmp_path: Path, turned: int):
        page = picture(tmp_path).rotate(turned, expand=True)
        page.save(tmp_path / "a.pdf", resolution=200)
        truth = pypdfium2.PdfDocument(tmp_path / "source.pdf")[0].get_textpage().get_text_range()

        draft = read_helped(tmp_path / "a.pdf")

        wrong = Levenshtein.distance(letters(truth), letters(draft.text))
        assert wrong / len(letters(truth)) <= WORST_CER
        assert (draft.scanned_pages, draft.ocr_pages, draft.unread) == ((), (1,), ())
        assert draft.confidence < read(tmp_path / "source.pdf").confidence

    def test_the_articles_of_a_scanned_page_are_clauses(self, tmp_path: Path):
        picture(tmp_path).save(tmp_path / "a.png")

        draft = read_helped(tmp_path / "a.png")

        articles = [clause.label for clause in draft.clauses if ", c." not in clause.label]
        assert [label for label in articles if label][:3] == ["Art. 1", "Art. 2", "Art. 3"]

    def test_text_pages_beside_a_scan_keep_their_own_text(self, tmp_path: Path):
        draft = read_helped(make_pdf(tmp_path / "a.pdf", scanned_pages=1))

        assert "Oggetto dell'appalto" in draft.text

    def test_pages_beyond_the_bound_are_left_and_named(self, tmp_path: Path):
        page = picture(tmp_path)
        page.save(tmp_path / "a.pdf", resolution=200, save_all=True, append_images=[page])

        draft = read_helped(tmp_path / "a.pdf", ocr_pages=1)

        assert (draft.ocr_pages, draft.scanned_pages) == ((1,), (2,))
        assert "pagina 2" in draft.unread[0]
