"""The program in the jail starts light, and from a folder whose real path is closed to it."""

import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

import casa.drafting
from casa import drafting
from casa.foundation.jail import Jail, runner
from tests.drafting.makers import (
    make_docx,
    make_html,
    make_ods,
    make_odt,
    make_pdf,
    make_txt,
    make_xlsx,
)

HEAVY = ("pypdfium2", "cryptography", "asn1crypto", "pikepdf", "PIL", "jinja2", "docx")
PDFIUM = Path(casa.drafting.__file__).with_name("pdfium.py")


def test_only_the_reader_of_a_kind_loads_what_it_needs():
    """A library that cannot be loaded somewhere must not take every other format with it."""
    code = f"import casa.drafting.__main__, sys; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.may_skip("account")
def test_pdfium_is_loaded_through_a_door_whose_real_path_is_closed(tmp_path: Path):
    """As in the jail of another user, for a project below /root."""
    if os.geteuid() != 0 or not Path("/usr/bin/python3").exists():
        pytest.skip("only root can try another user, and only with a Python for everybody")
    nobody = pwd.getpwnam("nobody")
    closed = tmp_path / "closed"
    site = closed / "site"
    for folder in Path(pypdfium2.__file__).parents[1].glob("pypdfium2*"):
        shutil.copytree(folder, site / folder.name, ignore=shutil.ignore_patterns("__pycache__"))
    program = site / "load.py"
    shutil.copy(PDFIUM, program)
    closed.chmod(0o700)
    site.chmod(0o755)
    door = os.open(site, os.O_PATH | os.O_DIRECTORY)
    try:
        done = subprocess.run(
            ["/usr/bin/python3", "-B", f"/proc/self/fd/{door}/load.py"],
            user=nobody.pw_uid,
            group=nobody.pw_gid,
            extra_groups=[],
            cwd="/",
            pass_fds=(door,),
            env={"PYTHONPATH": f"/proc/self/fd/{door}", "PYTHONSAFEPATH": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        os.close(door)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.may_skip("account")
def test_every_format_is_read_in_a_jail_whose_files_stand_in_a_closed_folder(tmp_path: Path):
    """The folder of the data of an installation below /root: nobody else may pass through it."""
    if os.geteuid() != 0 or not runner.holds(Jail.SECCOMP):
        pytest.skip("only root becomes somebody else in this jail")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    program = [sys.executable, "-m", "casa.drafting", "{input}"]
    for make in (make_docx, make_odt, make_pdf, make_txt, make_html, make_xlsx, make_ods):
        path = make(tmp_path / make.__name__)
        output = runner.run(program, input_file=path, jail=Jail.SECCOMP, where=closed)
        assert drafting.parse_output(output).text, make.__name__
