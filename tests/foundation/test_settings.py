"""The settings of the tests leave nothing behind and share nothing."""

import os
import stat
import subprocess
import sys
from pathlib import Path

from casa.foundation.opening.plan import ROOT

SHOW = """
import os, stat
from casa.settings import test
print(test.DATA_DIR, stat.S_IMODE(os.stat(test.DATA_DIR).st_mode))
"""


def data_dir(tmp_path: Path, **more: str) -> tuple[Path, int]:
    environment = {name: os.environ[name] for name in os.environ if not name.startswith("CASA_")}
    done = subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=ROOT,
        env=environment | {"TMPDIR": str(tmp_path)} | more,
        capture_output=True,
        text=True,
        check=True,
    )
    folder, mode = done.stdout.split()
    return Path(folder), int(mode)


def test_each_run_has_a_folder_of_its_own_that_goes_with_it(tmp_path):
    (first, mode), (second, _mode) = data_dir(tmp_path), data_dir(tmp_path)

    assert first != second
    assert first.parent == tmp_path
    assert mode == stat.S_IRWXU
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_named_is_used_and_stays(tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()

    assert data_dir(tmp_path, CASA_DATA_DIR=str(mine))[0] == mine
    assert mine.exists()
