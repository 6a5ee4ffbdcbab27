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
import zipfile
from collections.abc import Iterator, Mapping, Sequence
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
_ZIPPED = ("docx", "xlsx", "odt")
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
    with all_converted([path], suffix=suffix, to=to, limits=limits) as (made,):
        yield made


@contextmanager
def all_converted(
    paths: Sequence[Path], *, suffix: str, to: str, limits: Limits
) -> Iterator[list[Path | None]]:
    """Several files of one kind in their order, with one start of LibreOffice.

    Starting takes longer than converting. Files after one that breaks it are tried alone, so that
    the others are not lost. `limits.office_seconds` holds for each start.
    """
    binary = _usable(limits)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = [folder / f"input{number}.{suffix}" for number in range(len(paths))]
        for source, path in zip(sources, paths, strict=True):
            source.write_bytes(_mended(path.read_bytes(), suffix=suffix))
        _write_profile(folder / "profile")
        _run(_command(binary, sources=sources, to=to, folder=folder), folder=folder, limits=limits)
        for source in sources if len(sources) > 1 else ():
            if _result(source, to) is None:
                alone = _command(binary, sources=[source], to=to, folder=folder)
                _run(alone, folder=folder, limits=limits)
        yield [_result(source, to) for source in sources]


def _result(source: Path, to: str) -> Path | None:
    """What LibreOffice made of it, whole: a start that broke may have left half a file."""
    made = source.parent / "out" / f"{source.stem}.{to}"
    if not made.is_file() or not made.stat().st_size:
        return None
    if to == "pdf" and b"%%EOF" not in made.read_bytes()[-1024:]:
        return None
    return None if to in _ZIPPED and not zipfile.is_zipfile(made) else made


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


def _command(binary: Path, *, sources: Sequence[Path], to: str, folder: Path) -> list[str]:
    return [
        str(binary),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
        *("--convert-to", FILTERS[to], "--outdir", str(folder / "out"), *map(str, sources)),
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
