"""The fields of a model read as words on the page."""

import pytest

from casa.intake.templatetags.intake import document_text

FIELD, COMMAND = '<span class="casa-blank">{}</span>', '<span class="casa-command">{}</span>'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Il {{ ente }} affida", f"Il {FIELD.format('ente')} affida"),
        ("euro {{ importo_base|importo }}", f"euro {FIELD.format('importo base')}"),
        ("{{ lotto.oggetto }}", FIELD.format("lotto: oggetto")),
        ("{% se con_quota %}", COMMAND.format("Solo se: con quota")),
        ("{% altrimenti se a > 1 %}", COMMAND.format("Altrimenti, se: a &gt; 1")),
        ("{%tr per ogni lotto in lotti %}", COMMAND.format("Per ogni riga di: lotti")),
        ("{% fine se %}", COMMAND.format("Fine della parte")),
        ("{# motivo: c'è una quota #}", COMMAND.format("Perché: c&#x27;è una quota")),
        ("a\nb", "a<br>b"),
    ],
)
def test_commands_are_said_in_words(text, shown):
    assert document_text(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "{{ <b>x</b> }}",
        '{# <img src=x onerror="alert(1)"> #}',
        "{% <b> %}",
        "{% se <b> %}",
    ],
)
def test_nothing_of_a_document_becomes_markup(text):
    assert "<b>" not in document_text(text)
    assert "<script" not in document_text(text)
    assert "<img" not in document_text(text)


def test_a_long_text_of_braces_takes_no_time():
    assert "{" in document_text("{{" * 50_000 + "{#" * 50_000 + "{% se " * 20_000)
