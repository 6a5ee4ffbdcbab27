"""What every engine must do. Subclass it with a fixture `engine` that holds nothing yet.

Each trap of search.md §2 has its test here, so that a new engine meets them before its users do.
"""

from datetime import date, timedelta

import pytest

from casa.search.engine.seam import Applied, Asked, CardDocument, EngineUnavailable, Sort
from casa.search.legal import tokens_in
from casa.search.loosening import under
from casa.search.query import NOTHING_ASKED, All, Expanded, Phrase, Word, nearly, parse

TODAY = date(2026, 11, 25)
PUBLIC = frozenset({"pub"})
DEFAULTS = {
    "object": "",
    "text": "",
    "facets": {"kind": ["model"]},
    "audience": ["pub"],
    "dated_on": None,
    "reviewed": False,
}


def document(key, title, *, sequence=1, **said):
    return CardDocument(key=key, title=title, sequence=sequence, **(DEFAULTS | said))


def ask(
    engine,
    words,
    *,
    access=PUBLIC,
    filters=None,
    facets=(),
    sort=Sort.RELEVANCE,
    offset=0,
    limit=10,
    typed=None,
    on=TODAY,
):
    tree = parse(words) if isinstance(words, str) else words
    return engine.search(
        Asked(wanted=tree, typed=typed or tree, on=on),
        access=access,
        filters=filters or {},
        facets=facets,
        sort=sort,
        offset=offset,
        limit=limit,
    )


def keys(engine, words, **how):
    return set(ask(engine, words, **how).keys)


def putter(engine):
    """Put documents into the engine and make them visible."""
    engine.swap(engine.rebuild([], Applied(0, "start"), lambda _count: None))
    reached = [0]

    def put(*documents, gone=()):
        reached[0] += 1
        engine.upsert(documents)
        engine.delete(gone)
        engine.commit(Applied(reached[0], f"mark-{reached[0]}"))

    return put


def stop_at(limit):
    """A progress that is interrupted, as a follower is by a signal."""

    def progress(count):
        if count >= limit:
            raise KeyboardInterrupt

    return progress


class EngineContract:
    """Mixed into a class of tests per engine."""

    @pytest.fixture
    def put(self, engine):
        return putter(engine)

    # Rights
    def test_rights_are_words_of_the_audience(self, engine, put):
        put(
            document("a", "Disciplinare", audience=["pub"]),
            document("b", "Disciplinare", audience=["net", "body:1"]),
            document("c", "Disciplinare", audience=["body:1"]),
        )
        assert keys(engine, "disciplinare", access=frozenset({"pub"})) == {"a"}
        assert keys(engine, "disciplinare", access=frozenset({"pub", "net"})) == {"a", "b"}
        everything = frozenset({"pub", "net", "body:1"})
        assert keys(engine, "disciplinare", access=everything) == {"a", "b", "c"}
        assert keys(engine, "disciplinare", access=frozenset({"pub", "body:11"})) == {"a"}

    def test_who_has_no_words_finds_nothing(self, engine, put):
        put(document("a", "Disciplinare"))
        assert keys(engine, "disciplinare", access=frozenset()) == set()
        assert keys(engine, NOTHING_ASKED, access=frozenset()) == set()

    def test_access_has_no_default(self, engine, put):
        put(document("a", "Disciplinare"))
        tree = parse("disciplinare")
        with pytest.raises(TypeError, match="access"):
            engine.search(
                Asked(tree, tree), filters={}, facets=(), sort=Sort.RELEVANCE, offset=0, limit=10
            )
        with pytest.raises(TypeError, match="access"):
            engine.suggest("disc", limit=5)
        with pytest.raises(TypeError, match="access"):
            engine.similar(document("a", "Disciplinare"), limit=5)

    def test_counts_and_suggestions_know_rights(self, engine, put):
        put(
            document("a", "Disciplinare mensa", facets={"kind": ["model"]}),
            document("b", "Disciplinare segreto", facets={"kind": ["clause"]}, audience=["body:1"]),
        )
        found = ask(engine, "disciplinare", facets=("kind",))
        assert (found.total, found.counts) == (1, {"kind": {"model": 1}})
        assert engine.suggest("disc", access=PUBLIC, limit=5) == ("a",)
        assert engine.suggest("segr", access=PUBLIC, limit=5) == ()
        assert engine.similar(document("x", "Disciplinare"), access=PUBLIC, limit=5) == ("a",)

    def test_the_state_is_never_found(self, engine, put):
        put(document("a", "Disciplinare"))
        assert ask(engine, NOTHING_ASKED, access=frozenset({"pub", "state", ""})).total == 1
        assert keys(engine, "mark-1") == set()
        assert dict(engine.inventory()) == {"a": 1}

    # Changing
    def test_a_revoked_document_is_gone_and_the_count_falls(self, engine, put):
        put(document("a", "Disciplinare"), document("b", "Disciplinare"))
        assert ask(engine, "disciplinare").total == 2
        put(gone=["a"])
        found = ask(engine, "disciplinare")
        assert (found.keys, found.total) == (("b",), 1)
        assert engine.health().documents == 1

    def test_a_rewritten_document_replaces_the_old_one(self, engine, put):
        put(document("a", "Disciplinare", text="mensa"))
        put(document("a", "Capitolato", text="neve", sequence=2))
        assert keys(engine, "mensa") == set()
        assert keys(engine, "neve") == {"a"}
        assert dict(engine.inventory()) == {"a": 2}

    def test_the_audience_of_a_document_narrows(self, engine, put):
        put(document("a", "Disciplinare"))
        put(document("a", "Disciplinare", audience=["body:1"]))
        assert keys(engine, "disciplinare") == set()

    def test_twice_in_one_batch_the_last_word_counts(self, engine, put):
        put(document("a", "Prima"), document("a", "Seconda", sequence=2))
        assert (keys(engine, "prima"), keys(engine, "seconda")) == (set(), {"a"})

    def test_deleting_what_is_not_there_does_no_harm(self, engine, put):
        put(document("a", "Disciplinare"), gone=["b"])
        assert keys(engine, "disciplinare") == {"a"}

    def test_a_key_is_raw_text(self, engine, put):
        put(document("library:entry:1", "Uno"), document("library:entry:11", "Undici"))
        put(gone=["library:entry:1"])
        assert set(engine.inventory()) == {"library:entry:11"}

    def test_what_is_not_committed_is_not_seen(self, engine, put):
        put(document("a", "Disciplinare"))
        engine.upsert([document("b", "Disciplinare")])
        assert keys(engine, "disciplinare") == {"a"}
        engine.commit(Applied(9, "nine"))
        assert keys(engine, "disciplinare") == {"a", "b"}

    def test_the_number_reached_is_inside_the_commit(self, engine, put):
        put(document("a", "Disciplinare"))
        assert engine.health().applied == Applied(1, "mark-1")
        put(gone=["a"])
        assert engine.health().applied == Applied(2, "mark-2")

    # Italian
    @pytest.mark.parametrize(
        "typed",
        ["gara d'appalto", "gara d’appalto", "GARA D'APPALTO", "l'appalto", "dell’appalto gara",
         "un'appalto", "appalti", "d' appalto", "'appalto'", "appalto'"],
    )  # fmt: skip
    def test_apostrophes_and_elisions(self, engine, put, typed):
        put(
            document("a", "Gara d'appalto dell’ente", text="nell'ambito dell'appalto"),
            document("b", "Concorso"),
        )
        assert keys(engine, typed) == {"a"}

    @pytest.mark.parametrize(
        "typed", ["qualità", "qualita", "QUALITÀ", "qualita'", "qualita\u0300"]
    )
    def test_accents_are_folded_before_endings_are_cut(self, engine, put, typed):
        put(
            document("a", "Qualità del servizio"),
            document("b", "Qualita del servizio"),
            document("c", "Prezzo"),
        )
        assert keys(engine, typed) == {"a", "b"}

    def test_singular_and_plural_are_one_word(self, engine, put):
        put(document("a", "Mense scolastiche"), document("b", "Mensa scolastica"))
        assert keys(engine, "mensa scolastica") == {"a", "b"}

    @pytest.mark.parametrize(
        ("typed", "expected"),
        [
            ('"offerta impresa"', {"a", "b"}),
            ('"offerta dell\'impresa"', {"a", "b"}),
            ("«offerta dell’impresa»", {"a", "b"}),
            ('"impresa singola', {"b"}),
            ('"offerta lontana"', set()),
        ],
    )
    def test_a_phrase_passes_over_an_article(self, engine, put, typed, expected):
        put(
            document("a", "L'offerta dell'impresa"),
            document("b", "Offerta impresa singola"),
            document("c", "Offerta di uno o più concorrenti; impresa", text="lontana"),
        )
        assert keys(engine, typed) == expected

    def test_compounds_are_their_parts_side_by_side(self, engine, put):
        put(document("a", "D.Lgs. 36/2023"), document("b", "2023, pagina 36"))
        assert keys(engine, "36/2023") == {"a"}
        assert keys(engine, "d.lgs.") == {"a"}

    def test_an_acronym_matches_whole(self, engine, put):
        put(document("a", "Nomina del RUP"), document("b", "Messa in sicurezza della rupe"))
        assert keys(engine, All((Word("rup", whole=True),))) == {"a"}

    def test_single_letters_are_words(self, engine, put):
        put(document("a", "Lotto C"), document("b", "Lotto D"))
        assert keys(engine, "lotto c") == {"a"}

    # The small language
    @pytest.mark.parametrize(
        ("typed", "expected"),
        [
            ("mensa -lavori", {"a", "d"}),
            ('mensa -"mensa nido"', {"a", "b"}),
            ("-mensa", {"c"}),
            ("neve OR lavori", {"b", "c"}),
            ("mensa OR neve -lavori", {"a", "c", "d"}),
            ("titolo:mensa", {"a", "d"}),
            ("mensa tipo:clause", {"d"}),
            ("mensa -tipo:clause", {"a", "b"}),
            ("anno:2026", {"b"}),
            ("cpv:5552", {"a"}),
            ("55524000", {"a"}),
            ("scol*", {"a"}),
            ("mensa per la scuola", {"a"}),
        ],
    )
    def test_the_small_language(self, engine, put, typed, expected):
        put(
            document(
                "a", "Mensa a scuola", facets={"kind": ["model"], "cpv": ["55524000"]},
                text="servizio scolastico",
            ),
            document(
                "b", "Lavori", object="rifacimento della mensa",
                facets={"kind": ["model"], "year": ["2026"]},
            ),
            document("c", "Piano neve"),
            document("d", "Mensa nido", facets={"kind": ["clause"]}),
        )  # fmt: skip
        assert keys(engine, typed) == expected

    def test_what_is_bought_under_the_codes_meant_comes_by_what_they_count(self, engine, put):
        put(
            document("a", "Uno", facets={"kind": ["model"], "cpv": ["55524000"]}),
            document("b", "Due", facets={"kind": ["model"], "cpv": ["45233140"]}),
            document("c", "Tre", facets={"kind": ["model"], "cpv": ["90910000"]}),
            document("d", "Due", facets={"cpv": ["45233140"]}, audience=["net"]),
        )
        meant = under({"45233000": 1.0, "55520000": 0.3})
        assert ask(engine, meant).keys == ("b", "a")
        assert ask(engine, meant, filters={"kind": ["clause"]}).keys == ()
        assert ask(engine, under({})).keys == ()

    @pytest.mark.parametrize(
        "typed",
        ["", "   ", '"', "-", "--", "'", "’", "OR", "OR OR", "a OR", "OR a", "(", ")", "a AND (b",
         "nota:bene", "tipo:", "tipo:'", ":", "::", "http://x.it/?a=b&c=d", "a*b", "*", "?*", "[a TO b]",
         "\x00", "\x01state", "key:a", "audience:pub", "é" * 500, "a " * 500, "^~!{}\\/", "-tipo:model",
         '-"', '""', '" "', "cpv:*", "cpv:.*", "cpv:5[0-9]", "titolo:*", "titolo:(", "🙂", "א", "中文",
         "dell'", "dell", '"dell nell"', '"dell"', "titolo:dell", "-dell", "a\u0301", "İstanbul"],
    )  # fmt: skip
    def test_whatever_a_person_types_is_no_error(self, engine, put, typed):
        put(document("a", "Disciplinare di gara", text="a b c"))
        assert ask(engine, typed, facets=("kind", "year")).total >= 0
        engine.suggest(typed, access=PUBLIC, limit=5)

    # Near, beginnings, likeness
    def test_one_letter_away_on_whole_words(self, engine, put):
        put(document("a", "Refezione scolastica"), document("b", "Mensa", text="mense mente"))
        assert keys(engine, "refezzione") == set()
        assert keys(engine, nearly(parse("refezzione"))) == {"a"}
        assert keys(engine, nearly(parse("mensz"))) == {"b"}
        assert keys(engine, nearly(parse("men"))) == set()

    def test_suggestions_begin_words_of_titles(self, engine, put):
        put(
            document("a", "Disciplinare per la mensa", text="neve"),
            document("b", "Capitolato dell’igiene urbana"),
        )
        assert engine.suggest("disc", access=PUBLIC, limit=5) == ("a",)
        assert engine.suggest("l'igiene urb", access=PUBLIC, limit=5) == ("b",)
        assert engine.suggest("nev", access=PUBLIC, limit=5) == ()
        assert engine.suggest("urbana igi", access=PUBLIC, limit=5) == ("b",)

    def test_similar_documents_are_about_the_same(self, engine, put):
        mensa = document("a", "Capitolato mensa", text="refezione scolastica pasti alunni diete")
        put(
            mensa,
            document("b", "Mensa nido", text="pasti alunni refezione scolastica"),
            document("c", "Piano neve", text="spargimento sale spazzaneve"),
        )
        assert engine.similar(mensa, access=PUBLIC, limit=5) == ("b",)
        assert engine.similar(document("x", ""), access=PUBLIC, limit=5) == ()

    def test_similar_documents_are_found_while_deleted_ones_are_still_on_disk(self, engine, put):
        put(*(document(f"k{n}", "Mensa", text=f"pasti alunni diete{n % 3}") for n in range(80)))
        put(gone=[f"k{n}" for n in range(0, 80, 3)])  # every word is still counted eighty times
        mensa = document("k1", "Mensa", text="pasti alunni diete1")
        found = engine.similar(mensa, access=PUBLIC, limit=5)
        assert len(found) == 5
        assert {int(key[1:]) % 3 for key in found} == {1}

    def test_similar_documents_are_found_after_any_number_of_changes(self, engine, put):
        cards = [document(f"k{n}", "Mensa", text=f"pasti alunni diete{n % 3}") for n in range(60)]
        put(*cards)
        for batch in (cards[:20], cards[10:50], cards[:1], cards[40:]):  # the old ones linger
            put(*batch, gone=[batch[-1].key])
            for card in cards:
                engine.similar(card, access=PUBLIC, limit=5)
        left = document("k1", "Mensa", text="pasti alunni diete1")
        assert {int(key[1:]) % 3 for key in engine.similar(left, access=PUBLIC, limit=5)} == {1}

    def test_similar_documents_in_an_index_that_lost_nearly_all_it_had(self, engine, put):
        put(*(document(f"k{n}", "Mensa", text="pasti alunni") for n in range(90)))
        put(gone=[f"k{n}" for n in range(2, 90)])
        left = document("k0", "Mensa", text="pasti alunni")
        assert set(engine.similar(left, access=PUBLIC, limit=5)) <= {"k1"}

    # Order, counts, pages
    def test_a_word_in_the_title_counts_more(self, engine, put):
        put(document("a", "Varie", text="mensa"), document("b", "Mensa", text="varie"))
        assert ask(engine, "mensa").keys == ("b", "a")

    def test_typed_words_stand_before_synonyms(self, engine, put):
        many = "refezione scolastica " * 30
        put(
            document("a", "Refezione scolastica", object=many, text=many, reviewed=True),
            document("b", "Altro", text="parole " * 300 + "la mensa dei bambini"),
        )
        typed = All((Word("mensa"),))
        wanted = All((Expanded(Word("mensa"), (Phrase(("refezione", "scolastica")),)),))
        assert ask(engine, wanted, typed=typed).keys == ("b", "a")

    def test_references_are_found_in_any_spelling(self, engine, put):
        put(
            document("a", "Affidamento", legal=tokens_in("art. 50 del d.lgs. 36/2023")),
            document("b", "Mensa", legal=tokens_in("articolo 60 del decreto legislativo 36/2023")),
        )
        assert ask(engine, "articolo 50 dlgs 36/2023").keys == ("a",)
        assert keys(engine, "decreto legislativo 31 marzo 2023 n. 36") == {"a", "b"}
        assert keys(engine, "art. 51 d.lgs. 36/2023") == set()

    def test_the_labels_of_codes_are_words_like_others(self, engine, put):
        put(
            document("a", "Lotto 16", labels="Servizi di mensa scolastica"),
            document("b", "Lotto 17", labels="Lavori stradali"),
        )
        assert keys(engine, "mensa") == {"a"}
        assert keys(engine, "scolastiche") == {"a"}
        assert keys(engine, "titolo:mensa") == set()

    @pytest.mark.parametrize(
        ("better", "plain"),
        [
            ({"reviewed": True}, {}),
            ({"adoptions": 9}, {"adoptions": 1}),
            ({"facets": {"year": [str(TODAY.year)]}}, {"facets": {"year": ["2019"]}}),
            ({"confirm_by": TODAY}, {"confirm_by": TODAY - timedelta(days=1)}),
            ({}, {"confirm_by": TODAY - timedelta(days=400), "reviewed": True}),
        ],
        ids=["reviewed", "adopted", "recent", "confirmed", "overdue"],
    )
    def test_where_words_are_equal_merits_count(self, engine, put, better, plain):
        put(document("a", "Mensa", **plain), document("b", "Mensa", **better))
        put(*(document(f"other{n}", "Piscina") for n in range(5)))
        assert ask(engine, "mensa", on=TODAY).keys == ("b", "a")

    def test_newest_first(self, engine, put):
        put(
            document("a", "Mensa mensa", dated_on=date(2020, 1, 1)),
            document("b", "Mensa", dated_on=date(2026, 1, 1)),
            document("c", "Mensa", dated_on=None),
        )
        assert ask(engine, "mensa", sort=Sort.NEWEST).keys == ("b", "a", "c")

    def test_counts_are_those_of_the_filtered_list(self, engine, put):
        put(
            document("a", "Mensa", facets={"kind": ["model"], "year": ["2025"]}),
            document("b", "Mensa", facets={"kind": ["model"], "year": ["2026"]}),
            document(
                "c", "Mensa", facets={"kind": ["clause"], "year": ["2026"], "cpv": ["1", "2"]}
            ),
            document("d", "Neve", facets={"kind": ["clause"]}),
        )
        found = ask(engine, "mensa", facets=("kind", "year", "cpv"))
        assert found.counts == {
            "kind": {"model": 2, "clause": 1},
            "year": {"2026": 2, "2025": 1},
            "cpv": {"1": 1, "2": 1},
        }
        chosen = ask(engine, "mensa", filters={"kind": ["model"]}, facets=("kind", "year"))
        assert (set(chosen.keys), chosen.total) == ({"a", "b"}, 2)
        assert chosen.counts == {"kind": {"model": 2, "clause": 1}, "year": {"2025": 1, "2026": 1}}
        both = ask(engine, "mensa", filters={"kind": ["model", "clause"], "year": ["2026"]})
        assert set(both.keys) == {"b", "c"}
        assert ask(engine, "mensa", filters={"kind": ["nope"]}).total == 0

    def test_pages_go_on_and_end(self, engine, put):
        put(*(document(f"k{n}", "Mensa") for n in range(25)))
        pages = [ask(engine, "mensa", offset=start, limit=10).keys for start in (0, 10, 20, 30)]
        assert [len(page) for page in pages] == [10, 10, 5, 0]
        assert len({key for page in pages for key in page}) == 25
        assert ask(engine, "mensa", offset=10**9, limit=10).total == 25

    # Whole indexes
    def test_an_index_made_aside_changes_nothing_before_the_swap(self, engine, put):
        put(document("a", "Vecchio"))
        made = engine.rebuild([document("b", "Nuovo")], Applied(7, "seven"), lambda _count: None)
        assert keys(engine, NOTHING_ASKED) == {"a"}
        engine.swap(made)
        assert keys(engine, NOTHING_ASKED) == {"b"}
        assert engine.health().applied == Applied(7, "seven")

    def test_a_rebuild_says_how_far_it_is(self, engine):
        told = []
        engine.rebuild(
            (document(f"k{n}", "Mensa") for n in range(450)), Applied(1, "one"), told.append
        )
        assert told == sorted(told)
        assert (len(told) > 1, told[-1]) == (True, 450)

    def test_an_index_begun_is_gone_on_with(self, engine, put, monkeypatch):
        put(document("old", "Mensa"))
        for module in ("tantivy.building", "opensearch.writing"):
            monkeypatch.setattr(f"casa.search.engine.{module}.KEEP_SECONDS", -1.0)
        cards = [document(f"k{n}", "Mensa", sequence=n + 1) for n in range(450)]
        with pytest.raises(KeyboardInterrupt):
            engine.rebuild(cards, Applied(450, "begun"), stop_at(400))
        begun = engine.begun()
        assert (begun.mark, 0 < begun.sequence < 400) == ("begun", True)
        rest = [card for card in cards if card.sequence > begun.sequence]
        rest.append(document("k0", "Neve", sequence=451))
        told = []
        made = engine.resume(rest, ["k1"], Applied(452, "begun"), told.append)
        assert keys(engine, NOTHING_ASKED) == {"old"}
        engine.swap(made)
        assert dict(engine.inventory()) == {
            card.key: card.sequence for card in cards if card.key not in {"k0", "k1"}
        } | {"k0": 451}
        assert (keys(engine, "neve"), engine.health().applied) == ({"k0"}, Applied(452, "begun"))
        assert (engine.begun(), told == sorted(told)) == (None, True)

    def test_what_is_made_anew_is_not_what_was_begun(self, engine, put, monkeypatch):
        put(document("old", "Mensa"))
        assert engine.begun() is None
        with pytest.raises(KeyboardInterrupt):
            engine.rebuild(
                (document(f"k{n}", "Mensa", sequence=n + 1) for n in range(450)),
                Applied(450, "begun"), stop_at(400),
            )  # fmt: skip
        engine.swap(engine.rebuild([document("new", "Mensa")], Applied(1, "x"), lambda _n: None))
        assert (keys(engine, "mensa"), engine.begun()) == ({"new"}, None)

    def test_changes_go_on_after_a_swap(self, engine, put):
        put(document("a", "Mensa"))
        engine.swap(engine.rebuild([document("a", "Mensa")], Applied(1, "x"), lambda _count: None))
        put(document("b", "Mensa"))
        assert keys(engine, "mensa") == {"a", "b"}

    def test_without_an_index_the_answer_is_that_there_is_none(self, engine):
        with pytest.raises(EngineUnavailable):
            ask(engine, "mensa")
        assert engine.health().problem
        assert engine.health().applied is None

    def test_a_reader_leaves_word_of_damage_until_the_next_swap(self, engine, put):
        put(document("a", "Mensa"))
        assert not engine.is_reported_damaged()
        engine.report_damage()
        assert engine.is_reported_damaged()
        engine.swap(engine.rebuild([], Applied(1, "x"), lambda _count: None))
        assert not engine.is_reported_damaged()
