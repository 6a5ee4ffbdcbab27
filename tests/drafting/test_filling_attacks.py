"""A model that somebody uploaded can never run code, nor keep the machine busy."""

import io
import os
import time
from dataclasses import replace
from pathlib import Path

import docx
import docxtpl
import pytest

from casa.drafting import DEFAULT, Unreadable, filling
from casa.drafting.filling import BadData, BadModel
from casa.drafting.filling.expressions import BadTag, parse
from tests.drafting.makers import rezip
from tests.drafting.makers_models import docx_of, odt_of

ATTACKS = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'] }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__ }}",
    "{{ ente.__class__ }}",
    "{{ ente|attr('__class__') }}",
    "{{ ente['__class__'] }}",
    "{{ ente.format(ente) }}",
    "{{ ente|format(1) }}",
    "{{ lotti.append(1) }}",
    "{{ lotti.__len__ }}",
    "{{ (ente,)|list }}",
    "{{ self }}",
    "{{ self._TemplateReference__context }}",
    "{{ loop.__init__ }}",
    "{{ request.application.__globals__ }}",
    "{{ config.items() }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ ente|map('upper')|list }}",
    "{{ [].__class__ }}",
    "{{ {}.update(ente) }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as o %}",
    "{% from 'os' import system %}",
    "{% extends 'base' %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% call m() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% set x = ente.__class__ %}",
    "{% raw %}{{ x }}{% endraw %}",
    "{% do lotti.append(1) %}",
    "{% autoescape false %}x{% endautoescape %}",
    "{% block a %}x{% endblock %}",
    "{% if ente.__class__ %}x{% endif %}",
    "{% for x in ente.__class__.__mro__ %}x{% endfor %}",
    "{% for x in lotti recursive %}{{ loop(x) }}{% endfor %}",
    "{{ '}}' ~ ente.__class__ }}",
    "{{ ente }}{#}} {{ ente.__class__ }}",
    "{%- if ente|attr('\\x5f\\x5fclass\\x5f\\x5f') -%}x{%- endif -%}",
]
BOMBS = [
    "{{ 'a'*1000000000 }}",
    "{{ 9**9**9**9 }}",
    "{{ '%1000000000d'|format(1) }}",
    "{% for a in range(100000000) %}x{% endfor %}",
    "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}",
    "{{ lotti*1000000000 }}",
    "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "{{ " + "not " * 5000 + "1 }}",
    "{{ ente" + "|upper" * 5000 + " }}",
    "{% if " + "a.b." * 5000 + "c %}x{% endif %}",
]
DATA = {"ente": "Comune", "lotti": [{"n": 1}], "a": True}


@pytest.mark.parametrize("attack", ATTACKS + BOMBS)
@pytest.mark.parametrize("make", [docx_of, odt_of])
def test_an_attack_is_refused_with_its_paragraph(tmp_path, make, attack):
    model = make(tmp_path / f"m.{'docx' if make is docx_of else 'odt'}", "Prima", attack)
    with pytest.raises(BadModel) as failure:
        filling.fill(model, DATA)
    assert failure.value.problems[0].place.words == "paragrafo 2"


def test_the_library_that_we_do_not_use_would_have_run_it(tmp_path):
    attack = "{{ cycler.__init__.__globals__.os.getpid() }}"
    model = docx_of(tmp_path / "m.docx", attack)
    plain = docxtpl.DocxTemplate(str(model))
    plain.render({})
    made = io.BytesIO()
    plain.save(made)
    assert [paragraph.text for paragraph in docx.Document(made).paragraphs] == [str(os.getpid())]
    with pytest.raises(BadModel):
        filling.fill(model, {})


@pytest.mark.parametrize("name", ["__class__", "__init__", "keys", "items", "get", "format", "n"])
def test_a_name_after_a_dot_is_looked_up_in_the_data_and_nowhere_else(tmp_path, name):
    """`keys` and `get` are allowed names: they find the data's own entry, or nothing."""
    model = docx_of(tmp_path / "m.docx", f"{{{{ gruppo.{name} }}}}")
    with pytest.raises((BadModel, BadData)):
        filling.fill(model, {"gruppo": {"altro": 1}})
    with pytest.raises((BadModel, BadData)):
        filling.fill(model, {"gruppo": "testo"})


def _with_header(path: Path, text: str) -> Path:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = text
    document.save(str(path))
    return path


def _with_footer(path: Path, text: str) -> Path:
    document = docx.Document()
    document.sections[0].footer.paragraphs[0].text = text
    document.save(str(path))
    return path


def _with_title(path: Path, text: str) -> Path:
    document = docx.Document()
    document.core_properties.title = text
    document.save(str(path))
    return path


def _with_comment(path: Path, text: str) -> Path:
    document = docx.Document()
    run = document.add_paragraph().add_run("testo")
    document.add_comment(run, text=text, author="Autore")
    document.save(str(path))
    return path


def _with_cell(path: Path, text: str) -> Path:
    document = docx.Document()
    document.add_table(rows=1, cols=1).cell(0, 0).text = text
    document.save(str(path))
    return path


def _with_footnote(path: Path, text: str) -> Path:
    plain = docx_of(path.with_suffix(".plain.docx"), "Testo")
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    note = (
        f'<w:footnotes {word}><w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    types = _entry(plain, "[Content_Types].xml").replace(
        b"</Types>",
        f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'.encode(),
    )
    body = _entry(plain, "word/document.xml").replace(
        b"<w:t>Testo</w:t>", b'<w:t>Testo</w:t><w:footnoteReference w:id="2"/>'
    )
    changes = {
        "[Content_Types].xml": types,
        "word/footnotes.xml": note.encode(),
        "word/document.xml": body,
    }
    return rezip(plain, path, changes=changes)


def _entry(path: Path, name: str) -> bytes:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


HIDDEN = [_with_header, _with_footer, _with_title, _with_comment, _with_cell, _with_footnote]


@pytest.mark.parametrize("make", HIDDEN)
def test_no_part_of_the_file_hides_an_attack(tmp_path, make):
    model = make(tmp_path / "m.docx", "{{ cycler.__init__ }}")
    with pytest.raises(BadModel) as failure:
        filling.fill(model, {})
    assert failure.value.problems[0].text == "{{ cycler.__init__ }}"
    sound = make(tmp_path / "s.docx", "{{ ente }}")
    made = tmp_path / "made.docx"
    made.write_bytes(filling.fill(sound, {"ente": "COMUNE"}))
    names = ("header1", "footer1", "comments", "footnotes", "document")
    parts = [f"word/{name}.xml" for name in names] + ["docProps/core.xml"]
    found = [name for name in parts if _has(made, name, b"COMUNE")]
    assert len(found) == 1


def _has(path: Path, name: str, words: bytes) -> bool:
    try:
        return words in _entry(path, name)
    except KeyError:
        return False


def test_values_are_never_read_as_a_model(tmp_path):
    model = docx_of(tmp_path / "m.docx", "{{ a }} {{ b }}")
    data = {"a": "{{ cycler.__init__ }}", "b": "{% for x in a %}"}
    made = docx.Document(io.BytesIO(filling.fill(model, data)))
    assert made.paragraphs[0].text == "{{ cycler.__init__ }} {% for x in a %}"


def test_braces_that_are_split_between_value_and_model_make_no_tag(tmp_path):
    model = docx_of(tmp_path / "m.docx", "{{ a }}{ b }}")
    with pytest.raises(BadModel):
        filling.fill(model, {"a": "{"})


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["{% per ogni a in xs %}{% per ogni b in xs %}x{% fine per %}{% fine per %}"],
        ["{% per ogni a in xs %}{% per ogni b in xs %}{% fine per %}{% fine per %}"],
        ["{% per ogni a in xs %}", "{% per ogni b in xs %}", "{% fine per %}", "{% fine per %}"],
    ],
)
@pytest.mark.parametrize("make", [docx_of, odt_of])
def test_repetitions_are_bounded_by_what_they_write(tmp_path, make, paragraphs):
    model = make(tmp_path / f"m.{'docx' if make is docx_of else 'odt'}", *paragraphs)
    with pytest.raises(Unreadable) as failure:
        filling.fill(model, {"xs": list(range(100_000))})
    assert failure.value.code == "too_large"
    assert filling.fill(model, {"xs": list(range(10))})


def test_three_repetitions_one_in_the_other_are_refused(tmp_path):
    each, end = "{% per ogni a in xs %}", "{% fine per %}"
    assert filling.problems(docx_of(tmp_path / "m.docx", each * 2 + "x" + end * 2)) == ()
    [problem] = filling.problems(docx_of(tmp_path / "m.docx", each * 3 + "x" + end * 3))
    assert "più di 2 ripetizioni" in problem.reason


def test_what_is_written_is_bounded(tmp_path):
    model = docx_of(tmp_path / "m.docx", "{{ a }}" * 3)
    few = replace(DEFAULT, filled_characters=29)
    assert filling.fill(model, {"a": "x" * 9}, limits=few)
    with pytest.raises(Unreadable) as failure:
        filling.fill(model, {"a": "x" * 10}, limits=few)
    assert failure.value.code == "too_large"


@pytest.mark.parametrize("text", ["{{" * 40_000, "{{ a }" * 20_000, "}}" * 40_000, "{% " * 40_000])
def test_a_paragraph_of_braces_takes_no_time(tmp_path, text):
    begun = time.process_time()
    assert filling.problems(docx_of(tmp_path / "m.docx", text))
    assert time.process_time() - begun < 30  # quadratic would be hours


@pytest.mark.parametrize("depth", [1, 20])
def test_conditions_may_be_nested_but_not_without_end(tmp_path, depth):
    model = docx_of(tmp_path / "m.docx", *["{% se a %}"] * depth, "x", *["{% fine se %}"] * depth)
    assert filling.fill(model, {"a": True})
    more = depth + 20
    model = docx_of(tmp_path / "m.docx", *["{% se a %}"] * more, "x", *["{% fine se %}"] * more)
    with pytest.raises(BadModel):
        filling.fill(model, {"a": True})


@pytest.mark.parametrize(
    "text", ["a", "a.b", "a|importo", "a == 'x' and not b", "'x' if a else 'y'"]
)
def test_what_a_model_may_say_is_let_through(text):
    parse(text)


@pytest.mark.parametrize("text", ["a()", "a[1]", "a + b", "-a", "a ~ b", "[a]", "{}", "a if", "_a"])
def test_what_a_model_may_not_say_is_not(text):
    with pytest.raises(BadTag):
        parse(text)
