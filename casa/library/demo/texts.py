"""The texts of the demonstration, from `data/demonstration.toml`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[3] / "data" / "demonstration.toml"


@dataclass(frozen=True, slots=True)
class Article:
    heading: str
    commi: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A demonstration document: its file name, its articles, the fields of its card."""

    name: str
    warning: str
    articles: tuple[Article, ...]
    card: dict[str, Any]

    @property
    def title(self) -> str:
        return str(self.card["title"])


def texts() -> list[Text]:
    """Every text of the file, in its order."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return [_text(entry, warning=data["warning"]) for entry in data["entry"]]


def _text(entry: dict[str, Any], *, warning: str) -> Text:
    articles = tuple(
        Article(heading=row["heading"], commi=tuple(row["commi"])) for row in entry.pop("article")
    )
    return Text(name=entry.pop("name"), warning=warning, articles=articles, card=entry)
