"""Our models and kits, filled as a person fills them: typed into the questions of one dossier."""

from decimal import Decimal
from pathlib import Path

import pytest

from casa.dossier.asking import Question, merged, missing, shown, understood
from casa.drafting import filling, manuscript, read
from casa.drafting.manuscript import asking
from casa.drafting.manuscript.kit import read_kit

STARTER = Path(__file__).parents[2] / "data" / "starter"
SHARED = asking.shared_fields(STARTER / "fields.toml")
KITS = sorted((STARTER / "kits").glob("*.toml"))
MODELS = sorted((STARTER / "models").glob("*.md"))


def typed(question: Question, value: object) -> str:
    """A sample answer as somebody would type it."""
    if isinstance(value, Decimal | int | float) and not isinstance(value, bool):
        return str(value)
    return shown(question, value)


def built(folder: Path, slug: str) -> Path:
    path = folder / f"{slug}.docx"
    text = manuscript.read((STARTER / "models" / f"{slug}.md").read_text("utf-8"))
    path.write_bytes(manuscript.docx(text))
    return path


def sample_of(slug: str, given: dict[str, object]) -> dict[str, object]:
    text = manuscript.read((STARTER / "models" / f"{slug}.md").read_text("utf-8"))
    return {**asking.sample(asking.fields_of(text, SHARED)), **given}


def filled(folder: Path, slugs: list[str], given: dict[str, object]) -> list[str]:
    """The texts of the documents, from one set of answers typed into the questions."""
    paths = [built(folder, slug) for slug in slugs]
    questions = merged((key, filling.fields(path)) for key, path in enumerate(paths))
    samples = {
        name: value for slug in reversed(slugs) for name, value in sample_of(slug, given).items()
    }
    answers = {one.name: understood(one, typed(one, samples[one.name])) for one in questions}
    kept = {name: value for name, value in answers.items() if value is not None}
    texts = []
    for key, path in enumerate(paths):
        assert [one.name for one in missing(questions, kept, paper=key)] == []
        mine = {
            one.name: kept[one.name] for one in questions if key in one.papers and one.name in kept
        }
        made = folder / f"made-{path.name}"
        made.write_bytes(filling.fill(path, mine))
        texts.append(read(made).text)
    return texts


@pytest.mark.parametrize("path", KITS, ids=lambda path: path.stem)
def test_one_set_of_answers_runs_a_whole_kit(tmp_path: Path, path: Path):
    kit = read_kit(path.read_text("utf-8"))
    slugs = [slug for slug, _note in kit.items]

    texts = filled(tmp_path, slugs, dict(kit.answers))

    assert len(texts) == len(slugs) >= 7
    assert [text for text in texts if "{{" in text or "{%" in text] == []
    assert all(
        str(kit.answers["ente"]) in text or str(kit.answers.get("comune", "?")) in text
        for text in texts[:1]
    )


def test_every_model_of_ours_is_filled_from_typed_answers(tmp_path: Path):
    assert len(MODELS) >= 28
    for path in MODELS:
        (text,) = filled(tmp_path, [path.stem], {})
        assert "{{" not in text, path.stem
        assert "{%" not in text, path.stem
