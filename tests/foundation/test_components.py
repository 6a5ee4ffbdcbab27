from datetime import date, timedelta
from decimal import Decimal

import pytest
from django import forms
from django.core.paginator import Paginator
from django.db.models.fields import BLANK_CHOICE_DASH
from django.http import QueryDict
from django.template import Context, RequestContext, Template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import mark_safe

from casa.foundation import slots
from casa.foundation.components import icons
from casa.foundation.components.facets import facet
from casa.foundation.components.forms import first_control, groups, mistakes
from tests.foundation.styleguide import EveryField


def drawn(source: str, request=None, **context) -> str:
    made = RequestContext(request, context) if request else Context(context)
    return " ".join(Template(source).render(made).split())


# Words
@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (5, "da meno di un minuto"),
        (60, "da 1 minuto"),
        (59 * 60, "da 59 minuti"),
        (3600, "da 1 ora"),
        (6 * 86400, "da 6 giorni"),
        (45 * 86400, "da 1 mese"),
        (800 * 86400, "da 2 anni"),
    ],
)
def test_time_since_is_said_in_words(seconds, words):
    assert drawn("{% ago then %}", then=timezone.now() - timedelta(seconds=seconds)) == words


def test_time_since_a_day_counts_days():
    today = timezone.localdate()
    assert drawn("{% ago day %}", day=today) == "da oggi"
    assert drawn("{% ago day %}", day=today - timedelta(days=1)) == "da 1 giorno"
    assert drawn("{% ago day %}", day=None) == ""


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 byte"),
        (812, "812 byte"),
        (1024, "1 kB"),
        (35_840, "35 kB"),
        (1024 * 1024 - 1, "1,0 MB"),
        (1_500_000, "1,4 MB"),
        (3 * 1024**3, "3,0 GB"),
        (None, ""),
    ],
)
def test_a_size_is_said_in_units_people_know(size, words):
    assert drawn("{{ size|file_size }}", size=size) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Decimal(120000), "120.000,00 €"),
        (Decimal("0.5"), "0,50 €"),
        ("1234567.895", "1.234.567,90 €"),
        (None, ""),
        ("molto", ""),
    ],
)
def test_an_amount_is_written_as_offices_write_it(amount, words):
    assert drawn("{{ amount|euro }}", amount=amount) == words


def test_months_and_days_are_written_small():
    assert drawn('{{ day|date:"l j F Y" }}', day=date(2026, 3, 3)) == "martedì 3 marzo 2026"
    assert date_format(date(2026, 11, 25), "j F Y") == "25 novembre 2026"


# Addresses
def test_a_query_keeps_what_it_had_and_changes_one_thing(rf):
    request = rf.get("/cerca/?q=strade&tipo=model&tipo=clause&pagina=2")
    assert (
        drawn("{% query_with pagina=3 %}", request)
        == "?q=strade&amp;tipo=model&amp;tipo=clause&amp;pagina=3"
    )
    assert drawn("{% query_with pagina=None q='' %}", request) == "?tipo=model&amp;tipo=clause"


def test_a_pager_of_one_page_is_not_shown(rf):
    page = Paginator(range(5), 10).get_page(1)
    assert drawn('{% include "foundation/components/pager.html" %}', rf.get("/"), page=page) == ""


def test_a_pager_links_the_neighbours_and_marks_where_one_is(rf):
    page = Paginator(range(95), 10).get_page(5)
    html = drawn(
        '{% include "foundation/components/pager.html" %}', rf.get("/?q=x&pagina=5"), page=page
    )
    assert 'href="?q=x&amp;pagina=4" rel="prev"' in html
    assert 'href="?q=x&amp;pagina=6" rel="next"' in html
    assert html.count('aria-current="page"') == 1
    assert "Pagina 5 di 10" in html


# Filters
def shown_facets(query: str, counts: dict[str, int]) -> str:
    made = facet("kind", "Tipo", counts, {"model": "Modello"}, QueryDict(query))
    return drawn('{% include "foundation/components/facets.html" %}', facets=[made])


def test_a_facet_is_links_with_counts():
    html = shown_facets("q=strade", {"model": 30, "clause": 2})
    assert 'href="?q=strade&amp;kind=model"' in html
    assert '30<span class="visually-hidden"> risultati' in html
    assert "Togli il filtro" not in html


def test_what_is_chosen_can_be_taken_away_even_when_nothing_is_left_of_it():
    html = shown_facets("kind=model&pagina=3", {})
    assert "Togli il filtro" in html
    assert "pagina" not in html


def test_filters_without_anything_to_choose_are_not_shown():
    assert shown_facets("", {}) == ""


# Slots
def test_an_empty_slot_shows_nothing(monkeypatch):
    monkeypatch.setattr(slots, "_offers", {})
    assert drawn('{% slot "library.entry.aside" entry %}', entry=object()) == ""


def test_a_slot_is_a_plain_link_that_htmx_may_replace(monkeypatch):
    monkeypatch.setattr(
        slots, "_offers", {"here": [(lambda _: "/comunita/1/?a=1&b=2", "Domande <aperte>")]}
    )
    html = drawn('{% slot "here" entry %}', entry=object())
    assert 'hx-get="/comunita/1/?a=1&amp;b=2"' in html
    assert '<a href="/comunita/1/?a=1&amp;b=2">Domande &lt;aperte&gt;</a>' in html


# Icons
def test_every_picture_that_pages_use_stands_in_our_own_sprite():
    due = icons.used() - icons.cut()
    assert due == set(), "Run: python -m casa.foundation.components.icons"


def test_every_picture_that_pages_use_exists():
    known = icons.symbols(icons.FULL.read_text(encoding="utf-8"))
    assert icons.used() - set(known) == set()


def test_a_picture_outside_our_sprite_comes_from_the_full_one():
    assert "bi/svg/sprites.svg#it-wifi" in drawn('{% icon "it-wifi" %}')
    assert "foundation/icons.svg#it-search" in drawn('{% icon "it-search" %}')


def test_a_picture_is_never_read_aloud():
    assert 'aria-hidden="true"' in drawn('{% icon "it-search" %}')


# Forms
def test_help_and_mistakes_stand_before_the_field_and_are_tied_to_it():
    html = drawn("{{ form }}", form=EveryField({}))
    field = html.index('name="title"')
    assert html.index('id="id_title_helptext"') < html.index('id="id_title_error"') < field
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_form_without_mistakes_has_no_summary():
    html = drawn("{{ form }}", form=EveryField())
    assert "casa-mistakes" not in html
    assert "aria-invalid" not in html


def test_the_summary_comes_first_takes_the_focus_and_leads_to_the_fields():
    html = drawn("{{ form }}", form=EveryField({}))
    summary = html.index('tabindex="-1" autofocus')
    assert summary < html.index("<label")
    for target in ("id_title", "id_audience_0", "id_sure"):
        assert f'href="#{target}"' in html
        assert f'id="{target}"' in html


def test_mistakes_come_in_the_order_of_the_fields_as_shown():
    labels = [str(mistake.label) for mistake in mistakes(EveryField({}))]
    assert labels[:5] == ["Titolo", "Tipo", "A che cosa serve", "Chi può leggerla", "Vale dal"]


def test_a_mistake_about_the_whole_form_has_no_field_to_lead_to():
    form = EveryField({})
    form.full_clean()
    form.add_error(None, "Le due date non vanno insieme.")
    first = mistakes(form)[0]
    assert (first.message, first.target) == ("Le due date non vanno insieme.", "")
    assert "<li>Le due date non vanno insieme.</li>" in drawn("{{ form }}", form=form)


def test_required_is_said_in_words():
    html = drawn(
        "{{ form.title.as_field_group }}{{ form.amount.as_field_group }}", form=EveryField()
    )
    assert html.count("(obbligatorio)") == 1


def test_what_was_typed_is_still_there_and_can_do_no_harm():
    html = drawn("{{ form }}", form=EveryField({"title": '<b>"Strade"</b>', "amount": "dodici"}))
    assert 'value="&lt;b&gt;&quot;Strade&quot;&lt;/b&gt;"' in html
    assert 'value="dodici"' in html
    assert "<b>" not in html


@pytest.mark.parametrize(("required", "words"), [(True, "Scegli"), (False, "Non indicato")])
def test_a_blank_choice_is_said_in_words(required, words):
    class Choosing(forms.Form):
        kind = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "Modello")], required=required)

    html = drawn("{{ form }}", form=Choosing())
    assert f'<option value="" selected>{words}</option>' in html
    assert "----" not in html


def test_fields_named_in_no_fieldset_follow_without_a_title():
    shown = groups(EveryField())
    assert [str(group.legend) for group in shown] == ["Che cosa", "Chi e quando", ""]
    assert [field.name for field in shown[0].fields] == ["title", "kind", "text"]
    assert "secret" not in [field.name for group in shown for field in group.fields]


def test_a_group_of_choices_is_led_to_by_its_first_choice():
    form = EveryField()
    assert first_control(form["audience"]) == "id_audience_0"
    assert first_control(form["title"]) == "id_title"


def test_nothing_inline_is_drawn():
    html = drawn("{{ form }}", form=EveryField({}))
    assert "style=" not in html
    assert "<script" not in html
    assert " onclick" not in html


def test_help_with_a_strangers_words_is_escaped_and_our_own_markup_stays():
    class Helped(forms.Form):
        theirs = forms.CharField(help_text="Per esempio: <img src=x>")
        ours = forms.CharField(help_text=mark_safe("<b>Una</b> riga"))

    html = drawn("{{ form }}", form=Helped())
    assert "Per esempio: &lt;img src=x&gt;" in html
    assert "<b>Una</b> riga" in html
