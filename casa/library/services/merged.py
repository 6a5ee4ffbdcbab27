"""The document of a copy that takes the news of its source, made in the jail."""

import json
import sys
from pathlib import Path

from django.conf import settings

from casa.foundation import jail
from casa.foundation.jail.strays import work_folder
from casa.intake.models import Upload
from casa.library.models import Taking, Version
from casa.library.queries.taking import WRITE


def merged_file(taking: Taking) -> tuple[bytes, str]:
    """Our file with what was decided, made in the jail; its format is that of our file."""
    files = [main_file(version) for version in (taking.base, taking.ours, taking.theirs)]
    with work_folder(settings.TEMP_DIR) as folder:  # an argument is too short for long texts
        said = Path(folder) / "choices.json"
        said.write_text(json.dumps(_choices(taking)), encoding="utf-8")
        data = jail.run(
            [
                *(sys.executable, "-m", "casa.drafting", "merge"),
                *("--choices-file", "{input4}"),
                *("--author", str(taking.theirs.entry.body)),
                *("{input}", "{input2}", "{input3}"),
            ],
            input_file=Path(files[0].file.path),
            more_files=[*(Path(file.file.path) for file in files[1:]), said],
            accept=(),
            where=settings.TEMP_DIR,
        )
    return data, files[1].format


def main_file(version: Version) -> Upload:
    """The file that holds the text of a version."""
    return version.files.select_related("upload").get(position=1).upload


def _choices(taking: Taking) -> dict[str, dict[str, str]]:
    """As `python -m casa.drafting merge` takes them."""
    return {
        key: {"action": "edit", "text": taking.texts.get(key, "")}
        if choice == WRITE
        else {"action": choice}
        for key, choice in taking.choices.items()
    }
