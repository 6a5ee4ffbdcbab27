"""Rules of the house that a linter does not know."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from tools import permissions

ROOT = Path(__file__).parents[2]
CASA = ROOT / "casa"
MODULES = sorted(path for path in CASA.rglob("*.py") if "migrations" not in path.parts)
VIEWS = [path for path in MODULES if "views" in {path.stem, *path.parts}]
TEMPLATES = sorted(CASA.rglob("templates/**/*.html"))
ROOMS = sorted(path.parent for path in CASA.glob("*/apps.py"))
MODELS = [model for model in apps.get_models() if model.__module__.startswith("casa.")]
LONGEST_MODULE = 400
LONGEST_TEMPLATE = 80


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", VIEWS, ids=name)
def test_views_reach_objects_only_through_access_queries_or_services(path):
    managers = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    ]
    assert managers == [], f"{name(path)} uses a manager on lines {managers}"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_is_longer_than_a_person_can_hold_in_mind(path):
    assert len(path.read_text().splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_template_is_longer_than_a_screen_and_a_half(path):
    assert len(path.read_text().splitlines()) <= LONGEST_TEMPLATE


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_template_has_inline_script_or_style(path):
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.DOTALL)
    inline = re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", text)
    assert inline == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_names_its_table_and_says_what_personal_data_it_holds(model):
    assert re.search(r"Personal data: \S", model.__doc__ or "")
    assert "db_table" in model._meta.original_attrs
    assert model._meta.db_table.startswith(model._meta.app_label)


@pytest.mark.parametrize("room", ROOMS, ids=name)
def test_every_room_says_what_it_is_for(room):
    lines = (room / "README.md").read_text().splitlines()
    assert 3 <= len(lines) <= 30


def test_every_setting_of_the_environment_stands_in_the_operators_guide():
    named = set()
    for path in MODULES:
        named |= set(re.findall(r"[\"'](CASA_[A-Z][A-Z_]+)[\"']", path.read_text()))
    guide = (ROOT / "docs" / "operators.md").read_text()

    assert sorted(name for name in named if f"`{name}`" not in guide) == []


@pytest.mark.django_db
def test_no_model_change_lacks_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_no_migration_imports_the_project():
    guilty = [
        name(path)
        for path in CASA.glob("*/migrations/0*.py")
        if re.search(r"^(from|import) casa\b", path.read_text(), flags=re.MULTILINE)
    ]
    assert guilty == []


def test_the_requirements_name_no_registry():
    for path in ROOT.glob("requirements*.txt"):
        text = path.read_text()
        assert not re.search(r"https?://|--index-url|--extra-index-url|--find-links", text)
        pinned = re.findall(r"^[a-z0-9].*==", text, flags=re.MULTILINE)
        assert len(pinned) <= text.count("--hash=sha256:")


def test_the_permission_table_is_the_one_that_the_tests_prove():
    assert (ROOT / "docs" / "permissions.md").read_text() == permissions.document()


def test_journeys_wait_for_what_they_expect():
    """A look that does not wait may fall on the page before: `expect(…)` of the browser waits."""
    hasty = re.compile(
        r"^\s*assert .*\.(is_visible|is_checked|input_value|all_inner_texts|inner_text|count)\(",
        flags=re.MULTILINE,
    )
    guilty = [
        name(path)
        for path in (ROOT / "tests" / "journeys").glob("test_*.py")
        if hasty.search(path.read_text())
    ]
    assert guilty == []
