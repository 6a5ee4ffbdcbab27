"""The starter documents: `check [SLUG…] [--office]`, `build OUTDIR [SLUG…]`."""

import argparse
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from casa.drafting import manuscript  # noqa: E402
from casa.drafting.manuscript import BadManuscript, Fault, Manuscript  # noqa: E402
from casa.drafting.manuscript.asking import shared_fields  # noqa: E402
from casa.drafting.manuscript.checking import Ground, check  # noqa: E402
from casa.drafting.manuscript.citing import changed  # noqa: E402
from casa.drafting.manuscript.kit import check_kit, read_kit  # noqa: E402
from casa.drafting.norms import NormTable  # noqa: E402

FOLDER = ROOT / "data" / "starter"
SHELVES = ("models", "practices", "services")
OFFICE_SECONDS = 600


def ground() -> Ground:
    """The fields, norms and pillars of the house."""
    pillars = tomllib.loads((ROOT / "data" / "pillars.toml").read_text("utf-8"))["pillar"]
    return Ground(
        shared_fields(FOLDER / "fields.toml"),
        NormTable.from_toml(ROOT / "data" / "norms.toml"),
        frozenset(pillar["code"] for pillar in pillars),
    )


def sources(wanted: list[str]) -> list[Path]:
    """The manuscripts asked for, all without a name."""
    found = sorted(path for shelf in SHELVES for path in (FOLDER / shelf).glob("*.md"))
    return [path for path in found if not wanted or path.stem in wanted]


def kits(wanted: list[str]) -> list[Path]:
    """The kits asked for, all without a name."""
    found = sorted((FOLDER / "kits").glob("*.toml"))
    return [path for path in found if not wanted or path.stem in wanted]


def read(path: Path) -> Manuscript:
    return manuscript.read(path.read_text("utf-8"))


def texts() -> dict[str, Manuscript]:
    """Every manuscript that can be read, by its name."""
    found = {}
    for path in sources([]):
        try:
            found[path.stem] = read(path)
        except BadManuscript:
            continue
    return found


def kit_faults(path: Path, known: Mapping[str, Manuscript], house: Ground) -> list[Fault]:
    """What stands against a kit."""
    try:
        return list(check_kit(read_kit(path.read_text("utf-8")), known, house.fields))
    except BadManuscript as error:
        return list(error.faults)


def build(target: Path, known: Mapping[str, Manuscript]) -> list[Path]:
    """Write the DOCX of each."""
    target.mkdir(parents=True, exist_ok=True)
    made = [target / f"{name}.docx" for name in known]
    for text, file in zip(known.values(), made, strict=True):
        file.write_bytes(manuscript.docx(text))
    return made


def office_lines(made: list[Path], folder: Path) -> dict[str, list[str]]:
    """The lines that LibreOffice shows of each, all opened by one call; none where it cannot."""
    command = [
        *("soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
        *("--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder / "out")),
        *map(str, made),
    ]
    subprocess.run(command, check=False, capture_output=True, timeout=OFFICE_SECONDS)
    found = {}
    for path in made:
        text = folder / "out" / f"{path.stem}.txt"
        lines = text.read_text("utf-8-sig").splitlines() if text.exists() else []
        found[path.stem] = [" ".join(line.split()) for line in lines]
    return found


def missing_in(lines: list[str], made: Manuscript) -> Fault | None:
    """The first numbered paragraph that LibreOffice shows otherwise than we count."""
    at = 0
    for number in manuscript.numbers(made):
        wanted = " ".join(f"{number.label} {number.text}".split())
        if wanted not in lines[at:]:
            return Fault(number.line, f"in LibreOffice manca «{wanted[:70]}»")
        at = lines.index(wanted, at) + 1
    return None


def _checked(path: Path, house: Ground) -> bool:
    """Print what stands against one of them."""
    try:
        made = read(path)
        faults = check(made, house)
    except BadManuscript as error:
        return _told(path, list(error.faults))
    for note in changed(made, house.table):
        print(f"{path.stem}: avviso: norma cambiata, da confrontare: {note}")
    return _told(path, list(faults))


def _told(path: Path, faults: list[Fault]) -> bool:
    for fault in faults:
        print(f"{path.relative_to(FOLDER)}:{fault.line}: {fault.words}")
    if not faults:
        print(f"{path.relative_to(FOLDER)}: a posto")
    return not faults


def _office(known: Mapping[str, Manuscript]) -> bool:
    """LibreOffice opens them all at once, and shows the numbers that we count."""
    with tempfile.TemporaryDirectory() as name:
        shown = office_lines(build(Path(name), known), Path(name))
    sound = True
    for slug, text in known.items():
        fault = missing_in(shown[slug], text) if shown[slug] else Fault(0, "non lo apre")
        if fault:
            print(f"{slug}:{fault.line}: LibreOffice: {fault.words}")
        sound = sound and fault is None
    print(f"LibreOffice ha aperto {sum(map(bool, shown.values()))} documenti su {len(known)}")
    return sound


def main() -> int:
    """Run a command; 1 when something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["check", "build"])
    parser.add_argument("names", nargs="*", help="slug dei testi; per build prima la cartella")
    parser.add_argument("--office", action="store_true", help="li apre anche con LibreOffice")
    given = parser.parse_args()
    if given.command == "build":
        build(Path(given.names[0]), {path.stem: read(path) for path in sources(given.names[1:])})
        return 0
    house, paths, known = ground(), sources(given.names), texts()
    sound = [_checked(path, house) for path in paths]
    sound += [_told(path, kit_faults(path, known, house)) for path in kits(given.names)]
    if given.office:
        wanted = [path.stem for path in paths if path.stem in known]
        sound.append(_office({slug: known[slug] for slug in wanted}))
    return 0 if sound and all(sound) else 1


if __name__ == "__main__":
    sys.exit(main())
