import json
import os
import pwd
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from uuid import uuid4

import pytest

from casa.drafting import parse_output, read
from casa.foundation.jail import (
    Crashed,
    Jail,
    JailBroken,
    JailLimits,
    NoJail,
    OutOfMemory,
    TimedOut,
    TooMuchOutput,
    cells,
    jail_in_force,
    remove_strays,
    run,
    runner,
    seccomp,
)
from casa.foundation.jail.cells import PACKAGE
from tests.drafting.makers import make_docx

JAILS = [
    pytest.param(
        jail,
        marks=pytest.mark.skipif(
            not runner.holds(jail), reason=f"jail «{jail}» does not hold on this machine"
        ),
    )
    for jail in (Jail.BUBBLEWRAP, Jail.SECCOMP)
]
every_jail = pytest.mark.parametrize("jail", JAILS)


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "carta.txt"
    path.write_bytes(b"parole")
    path.chmod(0o600)
    return path


def python(code: str, sample: Path, jail: Jail, **limits: float) -> bytes:
    return run(
        [sys.executable, "-c", code, "{input}"],
        input_file=sample,
        jail=jail,
        limits=JailLimits(**limits),
    )


@every_jail
def test_the_drafting_table_reads_in_the_jail_what_it_reads_outside(tmp_path: Path, jail: Jail):
    path = make_docx(tmp_path / "a")
    path.chmod(0o600)

    output = run([sys.executable, "-m", "casa.drafting", "{input}"], input_file=path, jail=jail)

    assert parse_output(output) == read(path)


@every_jail
def test_the_exit_code_one_is_a_result_with_its_output(sample: Path, jail: Jail):
    assert python("import sys; print('no', end=''); sys.exit(1)", sample, jail) == b"no"


@every_jail
@pytest.mark.may_skip("kernel")
@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.socket()",
        "import socket; socket.socketpair()",
        "import os; os.fork()",
        "import subprocess; subprocess.run(['/usr/bin/true'])",
        "import os; os.kill(os.getppid(), 0)",
        "import os; os.setsid()",
        "open(sys.argv[1], 'ab').write(b'x') if os.getuid() else os.abort()",
        "open('/etc/passwd').read()",
        "os.listdir('/var/lib')",
        "os.setresuid(0, 0, 0)",
        "open('/usr/casa', 'w')",
    ],
)
def test_what_a_reader_does_not_need_is_refused(sample: Path, jail: Jail, attempt: str):
    code = f"import os, sys\ntry:\n    {attempt}\nexcept OSError as error:\n    print('refused', end='')\nelse:\n    print('done', end='')"
    expected = b"refused"
    if jail is Jail.SECCOMP and "argv" in attempt:
        expected = python(code, sample, jail)  # a copy of its own: it may, or may not
        assert sample.read_bytes() == b"parole"
    if jail is Jail.SECCOMP and ("/etc" in attempt or "/var" in attempt) and not landlock():
        pytest.skip("this kernel has no Landlock")

    assert python(code, sample, jail) == expected


def landlock() -> bool:
    import ctypes

    return ctypes.CDLL(None).syscall(444, None, 0, 1) > 0


@every_jail
def test_the_original_file_stays_as_it_was(sample: Path, jail: Jail):
    code = "import sys\ntry:\n    open(sys.argv[1], 'wb').write(b'altro')\nexcept OSError: pass"

    python(code, sample, jail)

    assert sample.read_bytes() == b"parole"


@every_jail
def test_secrets_of_the_environment_stay_outside(
    sample: Path, jail: Jail, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CASA_SECRET_KEY", "segretissimo")
    code = "import os\nprint(dict(os.environ), open('/proc/self/environ').read() if os.path.exists('/proc/self/environ') else '', end='')"

    try:
        output = python(code, sample, jail)
    except Crashed as crashed:  # Landlock hides /proc altogether
        output = crashed.detail.encode()

    assert b"segretissimo" not in output


@every_jail
def test_the_parents_environment_cannot_be_read(sample: Path, jail: Jail):
    code = f"print(open('/proc/{os.getpid()}/environ').read())"

    with pytest.raises(Crashed):
        python(code + "\nraise SystemExit(0)", sample, jail)


@every_jail
@pytest.mark.may_skip("account")
def test_it_runs_as_nobody_when_we_are_root(sample: Path, jail: Jail):
    if os.geteuid() != 0:
        pytest.skip("we are not root")

    assert (
        python("import os; print(os.getuid(), os.getgid(), end='')", sample, jail) == b"65534 65534"
    )


@every_jail
def test_a_program_that_never_ends_is_killed(sample: Path, jail: Jail):
    begun = time.monotonic()

    with pytest.raises(TimedOut):
        python("import time; time.sleep(60)", sample, jail, wall_seconds=1.0)
    assert time.monotonic() - begun < 30  # of its sixty seconds; a busy machine starts it late


@every_jail
def test_a_program_that_prints_for_ever_slowly_is_killed(sample: Path, jail: Jail):
    code = "import time\nwhile True: print('.', end='', flush=True); time.sleep(0.01)"

    with pytest.raises(TimedOut):
        python(code, sample, jail, wall_seconds=1.0)


@every_jail
def test_processor_time_is_bounded(sample: Path, jail: Jail):
    with pytest.raises(TimedOut):
        python("while True: pass", sample, jail, cpu_seconds=1)


@every_jail
def test_memory_is_bounded(sample: Path, jail: Jail):
    with pytest.raises(OutOfMemory):
        python("x = bytearray(900 * 1024 * 1024)", sample, jail, memory=300 * 1024 * 1024)
    assert python("x = bytearray(100); print('ok', end='')", sample, jail) == b"ok"


@every_jail
def test_output_is_bounded(sample: Path, jail: Jail):
    with pytest.raises(TooMuchOutput):
        python("while True: print('x' * 1000)", sample, jail, output=100_000)


@every_jail
def test_a_crash_has_a_name_and_a_detail(sample: Path, jail: Jail):
    with pytest.raises(Crashed) as crashed:
        python("import sys; sys.exit('qualcosa') if 0 else sys.exit(9)", sample, jail)
    assert "exit 9" in crashed.value.detail


@every_jail
def test_a_segmentation_fault_stays_inside(sample: Path, jail: Jail):
    with pytest.raises(JailBroken):
        python("import ctypes; ctypes.string_at(0)", sample, jail)


@every_jail
def test_the_program_dies_with_whoever_started_it(sample: Path, jail: Jail, tmp_path: Path):
    """kill -9 of the worker leaves nothing running."""
    nap = f"time.sleep(97.{uuid4().int})"  # its own: the same test for another jail runs beside it
    code = (
        "import sys, pathlib\n"
        "from casa.foundation.jail import run, Jail\n"
        f"run([sys.executable, '-c', 'import time; {nap}'],"
        f" input_file=pathlib.Path({str(sample)!r}), jail=Jail({jail.value!r}))"
    )
    worker = subprocess.Popen(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    )
    assert eventually(lambda: sleepers(nap) != [])
    time.sleep(0.5)  # the jail's own first moments: it has yet to tie its life to the worker's

    worker.kill()
    worker.wait()

    assert eventually(lambda: sleepers(nap) == [])


def sleepers(nap: str) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                command = (folder / "cmdline").read_bytes()
            except OSError:
                continue
            if (
                nap.encode() in command
                and b"launcher" not in command
                and b"from casa" not in command
            ):
                found.append(int(folder.name))
    return found


def eventually(condition, *, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


@every_jail
def test_it_runs_from_several_threads_at_once(sample: Path, jail: Jail):
    outputs: list[bytes] = []

    def once() -> None:
        outputs.append(
            python("print(open(__import__('sys').argv[1]).read(), end='')", sample, jail)
        )

    threads = [threading.Thread(target=once) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outputs == [b"parole"] * 4


def test_without_a_jail_nothing_is_run(sample: Path):
    with pytest.raises(NoJail):
        python("print(1)", sample, Jail.NONE)


def test_a_machine_without_bubblewrap_falls_back(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("casa.foundation.jail.cells.bubblewrap_program", lambda: None)
    jail_in_force.cache_clear()

    assert jail_in_force() in (Jail.SECCOMP, Jail.NONE)
    monkeypatch.setattr("casa.foundation.jail.cells.supported", lambda: False)
    jail_in_force.cache_clear()
    assert jail_in_force() is Jail.NONE
    jail_in_force.cache_clear()


def test_a_jail_that_leaves_sockets_open_does_not_hold(monkeypatch: pytest.MonkeyPatch):
    real = seccomp.program
    everything = b"".join([seccomp._line(seccomp._RETURN, seccomp._ALLOW)])
    monkeypatch.setattr("casa.foundation.jail.cells.program", lambda **_: everything)

    assert not runner.holds(Jail.SECCOMP)
    assert real(may_fork=False) != everything


def test_every_jail_has_an_italian_sentence():
    assert all(jail.sentence.endswith(".") for jail in Jail)


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
@pytest.mark.parametrize("may_fork", [True, False])
def test_the_filter_denies_what_it_lists_and_allows_the_rest(machine: str, may_fork: bool):
    """An interpreter of the filter: both machines are checked on either."""
    program = seccomp.program(may_fork=may_fork, machine=machine)
    known = seccomp._MACHINES[machine]

    def verdict(number: int, *, audit: int = known.audit, first: int = 0) -> int:
        return interpreted(program, number=number, audit=audit, first=first)

    for name, numbers in seccomp._DENIED.items():
        assert verdict(numbers[known.column]) == 0x00050001, name
    reading = 0 if machine == "x86_64" else 63
    assert verdict(reading) == 0x7FFF0000
    assert verdict(reading, audit=0x40000003) == 0x80000000
    assert verdict(known.clone, first=0x10000) == 0x7FFF0000
    assert verdict(known.clone, first=17) == (0x7FFF0000 if may_fork else 0x00050001)
    if machine == "x86_64":
        assert verdict(0x40000000 + 41) == 0x80000000


def interpreted(program: bytes, *, number: int, audit: int, first: int) -> int:
    import struct

    memory = {0: number, 4: audit, 16: first}
    lines = list(struct.iter_unpack("=HBBI", program))
    at, value = 0, 0
    while True:
        code, yes, no, constant = lines[at]
        at += 1
        if code == 0x06:
            return constant
        if code == 0x20:
            value = memory[constant]
        elif code == 0x54:
            value &= constant
        else:
            holds = value == constant if code == 0x15 else value >= constant
            at += yes if holds else no


@pytest.mark.may_skip("account")
def test_an_ordinary_user_has_a_jail_too(tmp_path: Path):
    """Root lends its tests a user: the same probe, run by somebody without any right."""
    if os.geteuid() != 0 or not Path("/usr/bin/python3").exists():
        pytest.skip("only root can try another user, and only with a Python for everybody")
    user = pwd.getpwnam("nobody")
    code = "from casa.foundation.jail import Jail; from casa.foundation.jail.runner import holds; import json; print(json.dumps([holds(Jail.BUBBLEWRAP), holds(Jail.SECCOMP)]))"
    result = subprocess.run(
        ["/usr/bin/python3", "-c", code],
        user=user.pw_uid,
        group=user.pw_gid,
        extra_groups=[],
        cwd="/",
        env={
            "PYTHONPATH": str(PACKAGE.parent),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PATH": "/usr/bin:/bin",
        },
        capture_output=True,
        check=False,
    )
    if result.returncode:
        pytest.skip(f"our package cannot be read by everybody: {result.stderr.decode()[-200:]}")

    assert json.loads(result.stdout)[1] is landlock()


@pytest.fixture
def no_landlock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A kernel that has never heard of Landlock: its calls have other numbers."""
    text = cells.LAUNCHER.read_text()
    asked = "_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446"
    assert asked in text
    deaf = tmp_path / "launcher.py"
    deaf.write_text(text.replace(asked, asked.replace("44", "99")))
    monkeypatch.setattr(cells, "LAUNCHER", deaf)


def test_seccomp_alone_is_no_jail_for_the_owner_of_the_data(
    no_landlock, monkeypatch: pytest.MonkeyPatch
):
    """Whoever owns the secret key must not read strangers' files as themselves."""
    monkeypatch.setattr("casa.foundation.jail.cells.os.geteuid", lambda: 1000)
    monkeypatch.setattr("casa.foundation.jail.cells.bubblewrap_program", lambda: None)
    jail_in_force.cache_clear()

    assert jail_in_force() is Jail.NONE
    assert "chiave segreta" in jail_in_force().sentence
    jail_in_force.cache_clear()


@pytest.mark.may_skip("account")
def test_seccomp_alone_holds_where_the_reader_is_somebody_else(no_landlock):
    if os.geteuid() != 0:
        pytest.skip("we are not root")

    assert runner.holds(Jail.SECCOMP)


@pytest.mark.may_skip("kernel")
def test_behind_landlock_the_owner_reads_nothing_of_ours(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    if not landlock():
        pytest.skip("this kernel has no Landlock")
    monkeypatch.setattr("casa.foundation.jail.cells.os.geteuid", lambda: 1000)
    (tmp_path / "secret_key").write_text("segretissimo")

    with pytest.raises(Crashed) as crashed:
        python(f"open({str(tmp_path / 'secret_key')!r})", sample, Jail.SECCOMP)
    assert "PermissionError" in crashed.value.detail


def test_copies_are_made_in_the_folder_that_is_named(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    where = tmp_path / "var" / "tmp"
    seen = []
    real = cells.shutil.copyfile
    monkeypatch.setattr(cells.shutil, "copyfile", lambda a, b: (seen.append(Path(b)), real(a, b)))

    code = "print(open(__import__('sys').argv[1]).read(), end='')"
    output = run(
        [sys.executable, "-c", code, "{input}"], input_file=sample, jail=Jail.SECCOMP, where=where
    )

    assert output == b"parole"
    assert [path.parent.parent for path in seen] == [where]
    assert list(where.iterdir()) == []
    assert where.stat().st_mode & 0o77 == 0


def test_what_killed_workers_left_goes_and_what_is_at_work_stays(tmp_path: Path):
    gone = subprocess.Popen(["/bin/true"])
    gone.wait()
    names = [f"casa-jail-{number}-x" for number in (gone.pid, os.getpid(), os.getppid())]
    for name in [*names, "casa-jail-x", "other"]:
        (tmp_path / name).mkdir()
        (tmp_path / name / "input").write_bytes(b"parole")

    assert remove_strays(tmp_path) == 2
    assert {path.name for path in tmp_path.iterdir()} == {names[2], "casa-jail-x", "other"}
    assert remove_strays(tmp_path / "not yet there") == 0


def test_signals_have_the_names_we_think():
    assert (signal.SIGXCPU, signal.SIGKILL) == (24, 9)


@every_jail
def test_a_program_may_be_given_several_files(tmp_path, jail):
    files = [tmp_path / name for name in ("prima.txt", "dopo.txt", "fonte.txt")]
    for file in files:
        file.write_text(file.stem)
    code = "import sys; print(*(open(path).read() for path in sys.argv[1:]), end='')"
    words = [sys.executable, "-c", code, "{input}", "{input2}", "{input3}"]
    assert run(words, input_file=files[0], more_files=files[1:], jail=jail) == b"prima dopo fonte"


def test_programs_that_may_start_others_talk_only_among_themselves(sample: Path):
    if not runner.holds(Jail.BUBBLEWRAP):
        pytest.skip("bubblewrap does not hold on this machine")
    code = """
import socket
print(socket.socket(socket.AF_UNIX).family.name)
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK):
    try:
        socket.socket(family)
    except PermissionError:
        print("refused")
"""
    said = python(code, sample, Jail.BUBBLEWRAP, may_fork=True)

    assert said.split() == [b"AF_UNIX", b"refused", b"refused", b"refused"]


@pytest.mark.skipif(not runner.holds(Jail.SECCOMP), reason="the jail «seccomp» does not hold here")
def test_without_bubblewrap_there_are_no_sockets_even_for_programs_that_start_others(sample: Path):
    code = "import socket\ntry: socket.socket(socket.AF_UNIX)\nexcept PermissionError: print('refused')"

    assert python(code, sample, Jail.SECCOMP, may_fork=True) == b"refused\n"
