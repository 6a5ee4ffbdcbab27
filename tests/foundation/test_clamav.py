"""Asking clamd over its socket: a daemon of our own that speaks the protocol, and the real one."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from casa.foundation.clamav import TooBig, Unreachable, is_answering, malware_in
from tests.foundation.fake_clamd import EICAR, LIMIT, Daemon, fake_clamd


@pytest.fixture
def clamd(tmp_path):
    address = str(tmp_path / "clamd")
    with fake_clamd(address):
        yield address


@pytest.fixture
def file(tmp_path):
    def make(content: bytes) -> Path:
        path = tmp_path / "file"
        path.write_bytes(content)
        return path

    return make


def test_malware_is_named(clamd, file):
    assert malware_in(file(b"x" * 70_000 + EICAR), address=clamd) == "Eicar-Signature"


@pytest.mark.parametrize("content", [b"Disciplinare di gara", EICAR[:40], b""])
def test_a_harmless_file_has_none(clamd, file, content):
    assert malware_in(file(content), address=clamd) == ""


def test_a_file_over_the_limit_of_the_daemon_is_said_to_be_so(clamd, file):
    with pytest.raises(TooBig):
        malware_in(file(bytes(4 * LIMIT)), address=clamd)


def test_a_daemon_that_is_away_or_odd_clears_nothing(tmp_path, file):
    with pytest.raises(Unreachable):
        malware_in(file(EICAR), address=str(tmp_path / "nobody"))

    class Odd(Daemon):
        def handle(self):
            self.wfile.write(b"hello\0")

    address = str(tmp_path / "odd")
    with fake_clamd(address, Odd):
        with pytest.raises(Unreachable, match="hello"):
            malware_in(file(EICAR), address=address)
        assert not is_answering(address)


def test_it_says_whether_the_daemon_answers(clamd, tmp_path):
    assert is_answering(clamd)
    assert not is_answering(str(tmp_path / "nobody"))


@pytest.mark.slow
@pytest.mark.may_skip("clamd")
def test_the_real_daemon_finds_eicar(tmp_path, file):
    program = shutil.which("clamd", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("no clamd on this machine: install clamav-daemon")
    signatures = tmp_path / "signatures"
    signatures.mkdir()
    (signatures / "test.ndb").write_text(f"Eicar-Test:0:0:{EICAR.hex()}\n")
    settings = tmp_path / "clamd.conf"
    settings.write_text(
        f"Foreground yes\nLocalSocket {tmp_path}/real\nDatabaseDirectory {signatures}\n"
        f"TemporaryDirectory {tmp_path}\nUser {os.environ.get('USER', 'root')}\n"
    )
    daemon = subprocess.Popen([program, "-c", str(settings)], stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while not is_answering(f"{tmp_path}/real") and time.monotonic() < deadline:
            time.sleep(0.1)
        assert malware_in(file(EICAR), address=f"{tmp_path}/real") == "Eicar-Test.UNOFFICIAL"
        assert malware_in(file(b"innocuo"), address=f"{tmp_path}/real") == ""
    finally:
        daemon.terminate()
        daemon.wait()
