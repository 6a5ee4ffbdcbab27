"""The stamp of the environment: when it is taken at its word, and when everything is looked at."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[2] / "tools"


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch):
    """The tool, in a house of its own whose `.venv` is this very Python."""
    spec = importlib.util.spec_from_file_location("bootstrap", TOOLS / "bootstrap.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    for name in tool.LOCKS.values():
        (tmp_path / name).write_text(f"# {name}\n")
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(tool, "VENV", Path(sys.prefix))
    monkeypatch.setattr(tool, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(tool, "STAMP", tmp_path / ".venv" / ".casa.json")
    return tool


def stamp(tool, *goals: str, **changes: str) -> None:
    words = {"place": str(tool.ROOT), "python": tool.python_version(tool.PYTHON)}
    words |= {goal: tool.fingerprint(goal) for goal in goals} | changes
    tool.STAMP.write_text(json.dumps(words))


def test_without_a_stamp_nothing_is_current(bootstrap) -> None:
    assert not bootstrap.is_current("run")


def test_a_stamp_of_both_sets_serves_both(bootstrap) -> None:
    stamp(bootstrap, "run", "test")
    assert bootstrap.is_current("run")
    assert bootstrap.is_current("test")


def test_a_stamp_of_what_runs_does_not_serve_the_tests(bootstrap) -> None:
    stamp(bootstrap, "run")
    assert bootstrap.is_current("run")
    assert not bootstrap.is_current("test")


@pytest.mark.parametrize("changed", [{"python": "3.9.2"}, {"place": "/elsewhere"}])
def test_another_python_or_place_is_not_current(bootstrap, changed) -> None:
    stamp(bootstrap, "run", "test", **changed)
    assert not bootstrap.is_current("run")


def test_a_changed_lock_is_not_current(bootstrap) -> None:
    stamp(bootstrap, "run", "test")
    (bootstrap.ROOT / "requirements.txt").write_text("django==0\n")
    assert not bootstrap.is_current("run")
    assert not bootstrap.is_current("test")


def test_a_python_that_is_gone_is_not_current(bootstrap, monkeypatch) -> None:
    stamp(bootstrap, "run")
    monkeypatch.setattr(bootstrap, "PYTHON", Path("/nonexistent/python"))
    assert not bootstrap.is_current("run")


def test_a_python_that_lives_elsewhere_is_not_current(bootstrap, monkeypatch, tmp_path) -> None:
    stamp(bootstrap, "run")
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    assert not bootstrap.is_current("run")


def test_a_damaged_stamp_counts_as_none(bootstrap) -> None:
    bootstrap.STAMP.write_text("{")
    assert bootstrap.read_stamp() == {}
    bootstrap.STAMP.write_text("[]")
    assert bootstrap.read_stamp() == {}


def test_a_later_run_does_not_take_the_test_tools_away(bootstrap, monkeypatch) -> None:
    stamp(bootstrap, "run", "test")
    asked: list[str] = []
    for step in ("ensure_uv", "make_venv", "add_the_house"):
        monkeypatch.setattr(bootstrap, step, lambda: None)
    monkeypatch.setattr(bootstrap, "install", asked.append)
    bootstrap.build("run")
    assert asked == ["test"]
    assert bootstrap.is_current("test")


def test_what_has_no_network_says_so_and_ends_with_1(bootstrap, monkeypatch, capsys) -> None:
    monkeypatch.setattr(bootstrap, "ensure_uv", lambda: bootstrap.download("false"))
    assert bootstrap.main(["run"]) == 1
    assert "Controlla il collegamento alla rete e ripeti." in capsys.readouterr().err


def test_words_it_does_not_know_are_wrong_use(bootstrap) -> None:
    assert bootstrap.main([]) == 2
    assert bootstrap.main(["vola"]) == 2
    assert bootstrap.main(["run", "test"]) == 2


@pytest.mark.parametrize(
    ("version", "good"), [("3.11.0", True), ("3.14.1", True), ("3.10.14", False), (None, False)]
)
def test_python_3_11_is_the_oldest(bootstrap, version, good) -> None:
    assert bootstrap.is_recent(version) is good


def test_the_locks_name_no_registry_and_carry_a_hash_for_everything() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "tools/uv-requirements.txt"):
        text = (TOOLS.parent / name).read_text()
        assert "://" not in text
        assert "--index-url" not in text
        packages = [part for part in text.replace("\\\n", " ").splitlines() if part.strip()]
        assert [part for part in packages if "--hash=sha256:" not in part] == []


def test_the_installer_is_installed_by_its_hash_or_not_at_all(
    bootstrap, monkeypatch, tmp_path
) -> None:
    asked: list[tuple] = []
    monkeypatch.setattr(bootstrap, "UV", tmp_path / "none")
    monkeypatch.setattr(bootstrap, "UV_HOME", tmp_path / ".uv")
    monkeypatch.setattr(bootstrap, "python_with_venv", lambda: Path(sys.executable))
    monkeypatch.setattr(bootstrap, "download", lambda *words, **_: asked.append(words))
    bootstrap.ensure_uv()
    assert asked[1][-3:] == ("--require-hashes", "-r", bootstrap.UV_LOCK)
    assert bootstrap.uv_version() in bootstrap.UV_LOCK.read_text()


def test_what_tests_holds_everything_that_runs_in_the_same_version() -> None:
    def pinned(name: str) -> set[str]:
        lines = (TOOLS.parent / name).read_text().splitlines()
        return {line.split(" ")[0] for line in lines if line and not line.startswith(" ")}

    assert pinned("requirements.txt") <= pinned("requirements-dev.txt")


def test_every_system_package_says_its_program_and_who_needs_it() -> None:
    spec = importlib.util.spec_from_file_location("packages", TOOLS / "system_packages.py")
    tool = importlib.util.module_from_spec(spec)
    sys.modules["packages"] = tool
    spec.loader.exec_module(tool)
    packages = tool.read_list()
    assert {"chromium", "bubblewrap"} <= {package.name for package in packages}
    assert all(package.program and package.needed_by for package in packages)
