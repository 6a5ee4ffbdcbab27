"""The house's own sprite: only the pictures that pages use, cut out of Bootstrap Italia's.

Bootstrap Italia's sprite holds 179 pictures (94 kB); a page needs a handful. `python -m
casa.foundation.components.icons` looks through the templates and writes
`static/foundation/icons.svg` anew; a test says when that is due. A picture that is not in it yet is
shown from the full sprite, so a new name works at once.
"""

import re
from functools import cache
from pathlib import Path

import bootstrap_italia_template
from django.templatetags.static import static

ROOMS = Path(__file__).resolve().parents[2]
OWN = ROOMS / "foundation" / "static" / "foundation" / "icons.svg"
FULL = Path(bootstrap_italia_template.__file__).parent / "static" / "svg" / "sprites.svg"
USE = re.compile(r"""\{%\s*icon\s+["'](it-[a-z0-9-]+)["']""")
SYMBOL = re.compile(r'<(symbol|svg)\b[^>]*\bid="(it-[a-z0-9-]+)"[^>]*>.*?</\1>', re.DOTALL)
NOTICE = "<!-- From Bootstrap Italia (BSD-3-Clause), Presidenza del Consiglio dei Ministri. -->"


def sprite(name: str) -> str:
    """The address of the sprite that holds the picture."""
    return static("foundation/icons.svg" if name in cut() else "bi/svg/sprites.svg")


@cache
def cut() -> frozenset[str]:
    """The names in the house's own sprite."""
    return frozenset(symbols(OWN.read_text(encoding="utf-8"))) if OWN.exists() else frozenset()


def symbols(sprite: str) -> dict[str, str]:
    """The pictures of a sprite by name."""
    return {match.group(2): match.group(0) for match in SYMBOL.finditer(sprite)}


def used() -> set[str]:
    """The names that templates ask for."""
    templates = ROOMS.glob("*/templates/**/*.html")
    return {name for page in templates for name in USE.findall(page.read_text(encoding="utf-8"))}


def write() -> int:
    """Write the own sprite anew; say how many pictures it holds."""
    full = symbols(FULL.read_text(encoding="utf-8"))
    chosen = "\n".join(full[name] for name in sorted(used()))
    sheet = f'<svg xmlns="http://www.w3.org/2000/svg">\n{NOTICE}\n{chosen}\n</svg>\n'
    OWN.write_text(sheet, encoding="utf-8")
    return len(used())


if __name__ == "__main__":
    write()
