"""Reading as the platform does when a file needs LibreOffice or tesseract: in a jail."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from casa.drafting import Draft, Limits, ocr, office, parse_output
from casa.foundation import jail

HELPED = Limits(programs=1)

with_office = [
    pytest.mark.may_skip("libreoffice"),
    pytest.mark.skipif(
        office.program() is None or jail.jail_in_force() != jail.Jail.BUBBLEWRAP,
        reason="LibreOffice is not installed, or bubblewrap does not hold",
    ),
]
with_ocr = [
    pytest.mark.may_skip("tesseract"),
    pytest.mark.skipif(ocr.program() is None, reason="tesseract-ocr-ita is not installed"),
]
Convert = Callable[..., Path]


def read_helped(path: Path, **bounds: int) -> Draft:
    """The draft, read in the strongest jail that holds, where programs may be started."""
    limits = json.dumps({"programs": 1, **bounds})
    output = jail.run(
        [sys.executable, "-m", "casa.drafting", "--limits", limits, "{input}"],
        input_file=path,
        limits=jail.JailLimits(may_fork=True, wall_seconds=180.0, cpu_seconds=180),
    )
    return parse_output(output)


def convert(path: Path, to: str, *, suffix: str = "docx") -> Path:
    """A document of our own making, converted by LibreOffice."""
    with office.converted(path, suffix=suffix, to=to, limits=HELPED) as made:
        assert made is not None
        return Path(shutil.copyfile(made, path.with_suffix(f".from_{suffix}.{to}")))
