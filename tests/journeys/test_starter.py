"""The newsroom's texts, from the library's first page to a file: wide, narrow, without JavaScript."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from casa.foundation.jail import Jail, jail_in_force
from casa.library.starter import seeding
from casa.registry.actor import SYSTEM
from casa.registry.services.newsroom import seed_newsroom
from tests.journeys.axe import assert_accessible, assert_fits, assert_targets
from tests.library.makers import PillarFactory
from tests.starter.makers import changed, text

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(jail_in_force() is Jail.NONE, reason="no jail: install bubblewrap"),
]
KIT = """title = "Kit di prova"
object = "Tutto per una prova."
pillar = "sua"
items = [{ model = "prima", note = "Si comincia da qui." }]
"""


@pytest.fixture
def texts(tmp_path):
    PillarFactory()
    for shelf in ("models", "kits"):
        (tmp_path / shelf).mkdir()
    (tmp_path / "models" / "prima.md").write_text(text(), "utf-8")
    other = changed("Convenzione di prova", "Altra convenzione").replace("award", "", 1)
    (tmp_path / "models" / "seconda.md").write_text(other, "utf-8")
    (tmp_path / "kits" / "kit.toml").write_text(KIT, "utf-8")
    seed_newsroom(actor=SYSTEM, now=timezone.now())
    seeding.seed(tmp_path, tell=lambda _words: None, now=timezone.now())


@pytest.mark.parametrize("kind", ["page", "phone", "plain"])
def test_from_the_library_to_what_a_jurist_must_check(request, texts, kind):
    window = request.getfixturevalue(kind)
    window.goto("/biblioteca/")
    window.get_by_role("link", name="Modelli della Redazione").click()
    window.get_by_role("heading", name="Convenzioni, regolamenti e altri atti").wait_for()
    if kind != "plain":
        assert_accessible(window)
        assert_fits(window)
        assert_targets(window)

    window.get_by_role("link", name="Convenzione di prova", exact=True).click()
    said = window.locator(".casa-checked")  # the model says it again at its end
    said.get_by_text("Citazioni verificate il 25 novembre 2026.").wait_for()
    said.get_by_text("Da far controllare a un giurista (1)").click()

    expect(said.get_by_text("Il termine per il ricorso.")).to_be_visible()
    if kind != "plain":
        assert_accessible(window)
        assert_fits(window)
        assert_targets(window)
