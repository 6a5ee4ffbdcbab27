from pathlib import Path

import pytest

from casa.drafting import Draft, Limits, Unreadable, from_json, office, read, to_json
from tests.drafting.helped import convert, read_helped, with_office
from tests.drafting.makers import make_docx, make_xlsx


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return make_docx(tmp_path / "a.docx")


def shape(draft: Draft) -> list[tuple[str, str, str]]:
    return [(clause.key, clause.label, clause.heading) for clause in draft.clauses]


def fake(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(rb"{\rtf1\ansi Art. 1 Oggetto\par}")
    return path


def test_an_old_file_is_accepted_and_says_why_it_is_unread(tmp_path: Path):
    draft = read(fake(tmp_path, "a.rtf"))

    assert (draft.format, draft.text, draft.confidence) == ("rtf", "", 0.0)
    assert draft.unread[0] in (office.MISSING, office.NOT_HERE)
    assert from_json(to_json(draft)) == draft


def test_without_libreoffice_the_file_is_unread_and_not_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(office, "program", lambda: None)

    draft = read(fake(tmp_path, "a.rtf"), limits=Limits(programs=1))

    assert draft.unread == (office.MISSING,)


def test_where_it_may_not_run_the_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(office, "program", lambda: Path("/bin/true"))

    assert read(fake(tmp_path, "a.rtf")).unread == (office.NOT_HERE,)


def test_objects_inside_an_rtf_count_as_programs(tmp_path: Path):
    (tmp_path / "a.rtf").write_bytes(rb"{\rtf1 {\object\objemb{\*\objdata 0105}} ciao}")

    assert read(tmp_path / "a.rtf").has_macros
    assert not read(fake(tmp_path, "b.rtf")).has_macros


class TestWithLibreOffice:
    pytestmark = with_office

    @pytest.mark.parametrize("to", ["odt", "doc", "rtf"])
    def test_the_same_source_has_the_same_structure_in_every_format(self, source: Path, to: str):
        made = convert(source, to)

        draft = read_helped(made)

        assert draft.format == to
        assert shape(draft) == shape(read(source))
        assert draft.text == read(source).text
        assert draft.unread == ()

    def test_an_old_sheet_gives_the_same_cells(self, tmp_path: Path):
        source = make_xlsx(tmp_path / "a.xlsx")
        made = convert(source, "xls", suffix="xlsx")

        draft = read_helped(made)

        assert draft.format == "xls"
        assert [b.rows for b in draft.blocks] == [b.rows for b in read(source).blocks]

    def test_what_libreoffice_cannot_open_is_refused_as_damaged(self, tmp_path: Path):
        path = tmp_path / "a"
        path.write_bytes(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")
        )

        with pytest.raises(Unreadable) as refused:
            read_helped(path)

        assert refused.value.code == "corrupt"
