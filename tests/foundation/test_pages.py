import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.template import engines

ROOMS = Path(django_settings.ROOT) / "casa"
TEMPLATES = sorted(ROOMS.glob("*/templates/**/*.html"))


def drawn(source: str, request, **context) -> str:
    head = '{% extends "foundation/page.html" %}{% block title %}Modelli{% endblock %}'
    return engines["django"].from_string(head + source).render(context, request)


@pytest.fixture
def request_(rf):
    return rf.get("/biblioteca/")


def test_the_title_is_also_the_one_heading(request_):
    html = drawn("", request_)
    assert "<title>Modelli — Casa dei Comuni</title>" in html
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", html) == ["Modelli"]


def test_a_title_is_escaped_once(request_):
    html = drawn("", request_).replace("Modelli", "x")
    assert "<h1>x</h1>" in html
    source = '{% extends "foundation/page.html" %}{% block title %}{{ name }}{% endblock %}'
    html = engines["django"].from_string(source).render({"name": "Strade & <ponti>"}, request_)
    assert "<h1>Strade &amp; &lt;ponti&gt;</h1>" in html


def test_columns_stand_only_where_a_page_fills_them(request_):
    alone = drawn("{% block main %}testo{% endblock %}", request_)
    assert "casa-aside" not in alone
    assert "casa-filters" not in alone
    beside = drawn(
        "{% block aside %}indice{% endblock %}{% block filters %}filtri{% endblock %}", request_
    )
    assert '<div class="casa-aside">indice</div>' in beside
    assert '<div class="casa-filters">filtri</div>' in beside


def test_the_last_crumb_is_where_one_is(request_):
    html = drawn("", request_, crumbs=[("Biblioteca", "/biblioteca/"), ("Modelli", "")])
    assert '<a href="/biblioteca/">Biblioteca</a>' in html
    assert 'aria-current="page">Modelli</li>' in html


def test_a_page_without_crumbs_has_no_empty_path(request_):
    assert "breadcrumb" not in drawn("", request_)


def test_every_page_has_the_way_in_the_search_and_the_skip_links(request_):
    html = drawn("", request_)
    assert '<html lang="it">' in html
    assert 'href="#contenuto"' in html
    assert 'href="#cerca"' in html
    assert 'action="/cerca/"' in html
    assert html.index("skiplinks") < html.index("<header")


def test_no_template_takes_words_for_html():
    trusting = [path.name for path in TEMPLATES if "|safe" in path.read_text(encoding="utf-8")]
    assert trusting == []
