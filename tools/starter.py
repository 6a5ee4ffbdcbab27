"""The starter documents: `check [SLUG…] [--office]`, `build OUTDIR`."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from casa.drafting import manuscript  # noqa: E402
from casa.drafting.manuscript.asking import shared_fields  # noqa: E402
from casa.drafting.manuscript.checking import Ground, check  # noqa: E402
from casa.drafting.manuscript.citing import changed  # noqa: E402
from casa.drafting.norms import NormTable  # noqa: E402

FOLDER = ROOT / "data" / "starter"
SHELVES = ("models", "practices", "services")


def sources(wanted: list[str]) -> list[Path]:
    """The manuscripts asked for, all without a name."""
    found = sorted(path for shelf in SHELVES for path in (FOLDER / shelf).glob("*.md"))
    return [path for path in found if not wanted or path.stem in wanted]


def checked(path: Path, ground: Ground) -> bool:
    """Print what stands against one of them."""
    name = path.relative_to(FOLDER)
    try:
        made = manuscript.read(path.read_text("utf-8"))
        faults = check(made, ground)
    except manuscript.BadManuscript as error:
        made, faults = None, error.faults
    for fault in faults:
        print(f"{name}:{fault.line}: {fault.words}")
    for note in changed(made, ground.table) if made else ():
        print(f"{name}: avviso: norma cambiata, da confrontare: {note}")
    if not faults and made:
        print(f"{name}: a posto ({len(manuscript.numbers(made))} paragrafi numerati)")
    return not faults


def build(target: Path, paths: list[Path]) -> list[Path]:
    """Write the DOCX of each."""
    target.mkdir(parents=True, exist_ok=True)
    made = []
    for path in paths:
        made.append(target / f"{path.stem}.docx")
        made[-1].write_bytes(manuscript.docx(manuscript.read(path.read_text("utf-8"))))
    return made


def office(paths: list[Path]) -> bool:
    """LibreOffice opens them all at once, and shows the numbers that we count."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = build(folder, paths)
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
                   "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder / "out"), *map(str, made)]  # fmt: skip
        subprocess.run(command, check=False, capture_output=True, timeout=600)
        shown = [_shown(path, folder / "out" / f"{path.stem}.txt") for path in paths]
        return all(shown)


def _shown(path: Path, text: Path) -> bool:
    if not text.exists():
        print(f"{path.stem}: LibreOffice non lo apre")
        return False
    lines = [" ".join(line.split()) for line in text.read_text("utf-8-sig").splitlines()]
    at = 0
    for number in manuscript.numbers(manuscript.read(path.read_text("utf-8"))):
        wanted = " ".join(f"{number.label} {number.text}".split())
        if wanted not in lines[at:]:
            print(f"{path.stem}:{number.line}: in LibreOffice manca «{wanted[:70]}»")
            return False
        at = lines.index(wanted, at) + 1
    print(f"{path.stem}: LibreOffice lo apre e mostra gli stessi numeri")
    return True


def main() -> int:
    """Run a command; 1 when something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["check", "build"])
    parser.add_argument("names", nargs="*", help="slug dei testi, o la cartella per build")
    parser.add_argument("--office", action="store_true", help="li apre anche con LibreOffice")
    given = parser.parse_args()
    if given.command == "build":
        build(Path(given.names[0]), sources(given.names[1:]))
        return 0
    paths = sources(given.names)
    table = NormTable.from_toml(ROOT / "data" / "norms.toml")
    ground = Ground(shared_fields(FOLDER / "fields.toml"), table)
    sound = [checked(path, ground) for path in paths]
    if not paths or not all(sound):
        return 1
    return 0 if not given.office or office(paths) else 1


if __name__ == "__main__":
    sys.exit(main())
