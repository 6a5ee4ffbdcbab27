"""Passages: the right lines, the right clause, nothing from a text as HTML."""

from casa.search.passages import Marker, beginning_of, clause_at
from casa.search.query import parse
from casa.search.synonyms import Table, expand

FILLER = "Il presente articolo regola altro. " * 30


def marker(typed):
    asked = expand(parse(typed), Table())
    return Marker(asked.typed, asked.wanted)


def test_words_are_marked_in_every_form_and_with_their_accents():
    html = marker("qualita mensa").highlight("La QUALITÀ delle mense e la qualita")
    assert html == "La <mark>QUALITÀ</mark> delle <mark>mense</mark> e la <mark>qualita</mark>"


def test_apostrophes_do_not_hide_words():
    html = marker("offerta").highlight("L’offerta dell'offerente")
    assert html == "L’<mark>offerta</mark> dell&#x27;offerente"


def test_text_is_escaped():
    html = marker("script").highlight("<script>alert('x')</script> & mensa")
    assert html == (
        "&lt;<mark>script</mark>&gt;alert(&#x27;x&#x27;)&lt;/<mark>script</mark>&gt; &amp; mensa"
    )


def test_a_query_in_html_is_no_html():
    html = marker("<b>mensa</b>").highlight("<b>mensa</b>")
    assert html == "&lt;<mark>b</mark>&gt;<mark>mensa</mark>&lt;/<mark>b</mark>&gt;"


def test_the_passage_is_where_most_words_stand():
    text = f"Mensa. {FILLER} La garanzia provvisoria della mensa è del due per cento. {FILLER}"
    passage = marker("garanzia provvisoria mensa").passage(text)
    assert "<mark>garanzia</mark> <mark>provvisoria</mark> della <mark>mensa</mark>" in passage.html
    assert passage.html.startswith("… ")
    assert passage.html.endswith(" …")
    assert len(passage.html) < 400
    assert text[passage.start :].startswith("garanzia")


def test_a_title_repeated_at_the_top_of_the_text_is_passed_over():
    text = f"Disciplinare mensa {FILLER} La mensa è aperta. {FILLER}"
    passage = marker("mensa").passage(text, title="Disciplinare mensa")
    assert "La <mark>mensa</mark> è aperta" in passage.html
    only = marker("disciplinare").passage(text, title="Disciplinare mensa")
    assert only.start == 0


def test_without_a_word_there_is_no_passage():
    assert marker("neve").passage(FILLER) is None
    assert marker("").passage(FILLER) is None
    assert marker("-articolo").passage(FILLER) is None


def test_a_short_text_is_shown_whole():
    assert marker("mensa").passage("La mensa").html == "La <mark>mensa</mark>"


def test_the_smallest_clause_is_named():
    clauses = [
        {"key": "art-1", "label": "Art. 1", "heading": "Oggetto", "start": 0, "end": 100},
        {
            "key": "art-1-c-2",
            "label": "Art. 1 c. 2",
            "heading": "",
            "start": 40,
            "end": 100,
            "address": "?pagina=2#art-1-c-2",
        },
    ]
    assert clause_at(clauses, 50).name == "Art. 1 c. 2"
    assert clause_at(clauses, 10).name == "Art. 1 – Oggetto"
    assert clause_at(clauses, 10).address == "#art-1"
    assert clause_at(clauses, 50).address == "?pagina=2#art-1-c-2"
    assert clause_at(clauses, 100) is None
    assert clause_at([], 0) is None


def test_the_beginning_ends_at_a_word():
    assert beginning_of("breve") == "breve"
    assert beginning_of("parola " * 100).endswith("parola …")
    assert len(beginning_of("parola " * 100)) < 270


def test_a_long_text_is_quick():
    text = "La mensa scolastica e la refezione degli alunni nel plesso. " * 20_000
    assert marker("mensa alunni").passage(text) is not None


def test_fields_of_a_model_are_read_as_words_and_its_commands_left_out():
    text = "Il {{ comune }} affida la mensa. {% se rinnovo %}{# motivo: conta #} Dura {{ durata_mesi|cifre }} mesi."
    html = marker("mensa").passage(text).html
    assert html == "Il comune affida la <mark>mensa</mark>. Dura durata mesi mesi."


def test_a_command_that_the_passage_cuts_is_left_out_too():
    text = (
        f"{'Altro testo. ' * 30}{{% se la mensa vale %}} La mensa. {{% se {'molto_lungo ' * 40}%}}"
    )
    html = marker("mensa vale").passage(text).html
    assert not set("%{}") & set(html)
    assert "<mark>mensa</mark>" in html


def test_a_passage_of_nothing_but_a_command_stays_and_is_still_escaped():
    html = marker("rinnovo").passage("{% se rinnovo < 3 %}").html
    assert html == "{% se <mark>rinnovo</mark> &lt; 3 %}"
