"""A skip is a failure where nothing may be missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TRIAL = """
import pytest

@pytest.mark.skipif(True, reason="no such program")
def test_that_needs_a_program(): ...

@pytest.mark.may_skip("shared")
def test_that_may_be_skipped(): pytest.skip("no data")

@pytest.mark.xfail(strict=True)
def test_that_is_known_to_fail(): raise AssertionError

@pytest.fixture
def browser(): pytest.skip("no browser")

def test_that_needs_a_fixture(browser): ...
"""


def outcome(folder: Path, require: str, text: str = TRIAL) -> tuple[int, str]:
    """Run pytest in a process of its own, with nothing of ours but the rule about skips."""
    (folder / "test_trial.py").write_text(text)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = may_skip\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.skips", "-p", "no:django"]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "CASA_REQUIRE_ALL": require, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_what_is_missing_fails_and_is_named(tmp_path):
    code, words = outcome(tmp_path, "1")

    assert code == 1
    assert "1 skipped, 1 xfailed, 2 errors" in words
    assert "CASA_REQUIRE_ALL=1, but: Skipped: no such program" in words
    assert "CASA_REQUIRE_ALL=1, but: Skipped: no browser" in words


@pytest.mark.parametrize("require", ["", "0"])
def test_elsewhere_a_skip_is_a_skip(tmp_path, require):
    code, words = outcome(tmp_path, require)

    assert code == 0
    assert "3 skipped, 1 xfailed" in words


def test_a_reason_that_is_not_permitted_is_a_mistake(tmp_path):
    text = 'import pytest\n\n@pytest.mark.may_skip("lazy")\ndef test_it(): pytest.skip("no")\n'

    assert outcome(tmp_path, "", text)[0] != 0
