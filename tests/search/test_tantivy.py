"""The embedded engine passes the contract, and its own traps."""

import pytest
from tantivy import Index, Query

from casa.search.engine.seam import Applied, EngineBusy, EngineUnavailable
from casa.search.engine.tantivy import TantivyEngine
from casa.search.engine.tantivy.guard import guarded
from casa.search.engine.tantivy.reader import open_index
from casa.search.engine.tantivy.schema import build_schema
from tests.search.contract import EngineContract, ask, document, keys, putter


@pytest.fixture
def engine(tmp_path):
    return TantivyEngine(tmp_path)


@pytest.fixture
def put(engine):
    return putter(engine)


class TestTantivy(EngineContract):
    pass


class TestTraps:
    """What search.md §2 warns of, in tantivy's own words."""

    def test_a_panic_is_caught_though_it_is_no_exception(self):
        with pytest.raises(EngineUnavailable, match="more than one term"), guarded("phrase"):
            Query.phrase_query(build_schema(), "title", ["sola"])

    def test_an_interrupt_passes_through_the_guard(self):
        with pytest.raises(KeyboardInterrupt), guarded("anything"):
            raise KeyboardInterrupt

    def test_a_second_writer_waits_for_its_turn(self, engine, put, tmp_path):
        engine.upsert([document("a", "Mensa")])
        second = TantivyEngine(tmp_path)
        with pytest.raises(EngineBusy):
            second.upsert([document("b", "Mensa")])
        engine.commit(Applied(1, "one"))
        second.upsert([document("b", "Mensa")])
        second.commit(Applied(2, "two"))
        assert keys(engine, "mensa") == {"a", "b"}

    def test_analysers_are_there_after_opening_again(self, engine, put, tmp_path):
        put(document("a", "Mense scolastiche"))
        assert keys(TantivyEngine(tmp_path), '"mensa scolastica"') == {"a"}

    def test_small_commits_leave_few_files(self, engine, put, tmp_path):
        for number in range(60):
            put(document(f"k{number % 7}", "Mensa", text=f"giro {number}"), gone=[f"k{number % 5}"])
        assert len(list(tmp_path.glob("*/g-*/*"))) < 120
        index = open_index(engine._shelf.current)
        assert index.searcher().num_segments < 15

    def test_an_old_or_half_made_generation_is_swept_away(self, engine, put, tmp_path):
        (tmp_path / "tantivy-0123456789ab" / "g-old").mkdir(parents=True)
        put(document("a", "Mensa"))
        engine.rebuild([], Applied(1, "x"), lambda _count: None)
        engine.swap(engine.rebuild([], Applied(1, "x"), lambda _count: None))
        assert len(list(tmp_path.glob("*"))) == 1
        assert len(list(tmp_path.glob("*/g-*"))) == 1

    @pytest.mark.parametrize("harm", ["empty meta", "no meta", "no segment", "cut segment"])
    def test_a_damaged_index_says_so_instead_of_answering(self, engine, put, tmp_path, harm):
        put(document("a", "Mensa"))
        folder = engine._shelf.current
        if harm == "empty meta":
            (folder / "meta.json").write_text("{")
        if harm == "no meta":
            (folder / "meta.json").unlink()
        if harm == "no segment":
            for path in folder.glob("*.term"):
                path.unlink()
        if harm == "cut segment":
            for path in folder.glob("*.idx"):
                path.write_bytes(path.read_bytes()[:10])
        with pytest.raises(EngineUnavailable):
            ask(TantivyEngine(tmp_path), "mensa")

    def test_an_index_of_another_kind_is_not_opened(self, engine, put, tmp_path, monkeypatch):
        put(document("a", "Mensa"))
        monkeypatch.setattr("casa.search.engine.tantivy.schema.EDITION", 99)
        with pytest.raises(EngineUnavailable):
            ask(TantivyEngine(tmp_path), "mensa")

    def test_the_files_are_for_the_owner_alone(self, engine, put):
        put(document("a", "Mensa"))
        assert engine._shelf.current.stat().st_mode & 0o077 == 0
        assert Index.exists(str(engine._shelf.current))
