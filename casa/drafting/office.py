"""LibreOffice, which turns old office files into those that our own readers read.

It is started only where `Limits.programs` says so, that is in a jail: it believes files, and has
fetched pictures from the network for them. Its own profile forbids macros, links and active
content beside that. It ends with 0 even when it has written nothing, or a DOCX without a document
(documents.md §1), so the caller must look at what came out.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from casa.drafting.limits import Limits

MISSING = (
    "Il testo non è stato letto: sul server manca LibreOffice, che serve per i file di vecchio "
    "tipo (DOC, RTF, XLS). Se puoi, salva il documento come DOCX, ODT o XLSX e caricalo di nuovo."
)
NOT_HERE = (
    "Il testo non è stato letto: su questo server LibreOffice non può lavorare in modo protetto. "
    "Se puoi, salva il documento come DOCX, ODT o XLSX e caricalo di nuovo."
)
FILTERS = {
    "docx": "docx:MS Word 2007 XML",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "odt": "odt:writer8",
    "txt": "txt:Text (encoded):UTF8",
    "pdf": 'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"}}',  # PDF/A-2b, for the archive of the body
    "doc": "doc:MS Word 97",
    "rtf": "rtf:Rich Text Format",
    "xls": "xls:MS Excel 97",
}
_STARTS = 3  # the first start only makes the profile and asks to be started again
_AGAIN = 81
_ITEMS = (
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Misc", "FirstRun", "false"),
    ("Writer/Content/Update", "Link", "2"),
    ("Calc/Content/Update", "Link", "2"),
)
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)


class CannotConvert(Exception):  # noqa: N818 -- it reads as a sentence
    """LibreOffice is not there or cannot run here; the message is an Italian sentence."""


def program() -> Path | None:
    """Where the LibreOffice binary is; None when it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        return None
    binary = Path(found).resolve().with_name("soffice.bin")
    return binary if binary.is_file() else None


@contextmanager
def converted(path: Path, *, suffix: str, to: str, limits: Limits) -> Iterator[Path | None]:
    """The file at `path`, whose kind `suffix` names, converted to a key of `FILTERS`.

    Gives None when LibreOffice could make nothing of it. Raises CannotConvert when it cannot be
    started, TimeoutError after `limits.office_seconds`. The result goes away at the end.
    """
    binary = _usable(limits)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / f"input.{suffix}"
        source.write_bytes(_mended(path.read_bytes(), suffix=suffix))
        _write_profile(folder / "profile")
        _run(_command(binary, source=source, to=to, folder=folder), folder=folder, limits=limits)
        result = folder / "out" / f"input.{to}"
        yield result if result.is_file() and result.stat().st_size else None


def _mended(data: bytes, *, suffix: str) -> bytes:
    """LibreOffice forgets the level of the last paragraph of an RTF unless one more begins."""
    end = data.rfind(b"}")
    if suffix != "rtf" or end < 0:
        return data
    return data[:end] + rb"\par " + data[end:]


def _usable(limits: Limits) -> Path:
    """The binary, when it is allowed and able to run. It needs a socket of its own to start."""
    binary = program()
    if binary is None:
        raise CannotConvert(MISSING)
    if not limits.programs:
        raise CannotConvert(NOT_HERE)
    try:
        socket.socket(socket.AF_UNIX).close()
    except OSError as error:
        raise CannotConvert(NOT_HERE) from error
    return binary


def _write_profile(profile: Path) -> None:
    items = "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _ITEMS)
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(items=items))


def _command(binary: Path, *, source: Path, to: str, folder: Path) -> list[str]:
    return [
        str(binary),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
        *("--convert-to", FILTERS[to], "--outdir", str(folder / "out"), str(source)),
    ]


def _run(command: list[str], *, folder: Path, limits: Limits) -> None:
    for _ in range(_STARTS):
        try:
            done = subprocess.run(  # noqa: S603 -- the command is ours
                command,
                check=False,
                capture_output=True,
                timeout=limits.office_seconds,
                env=_environment(command[0], folder=folder),
            )
        except subprocess.TimeoutExpired as error:
            raise TimeoutError from error
        except PermissionError as error:
            raise CannotConvert(NOT_HERE) from error
        if done.returncode != _AGAIN:
            return


def _environment(binary: str, *, folder: Path) -> Mapping[str, str]:
    """Without /proc the binary does not find its own libraries; no screen is drawn on."""
    return {
        **os.environ,
        "HOME": str(folder),
        "LD_LIBRARY_PATH": str(Path(binary).parent),
        "SAL_USE_VCLPLUGIN": "svp",
    }
