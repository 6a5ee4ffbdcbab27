"""Versions of made-up documents for the tests of comparing and merging, without any file."""

import random
from collections.abc import Sequence

from hypothesis import strategies as st

from casa.drafting.clauses import clauses_of
from casa.drafting.draft import Block, Draft, Metadata, lay_out
from casa.drafting.passages import Passage
from casa.drafting.structure import blocks_of

WORDS = [
    "appalto",
    "servizio",
    "offerta",
    "ente",
    "termine",
    "giorni",
    "importo",
    "garanzia",
    "penale",
    "collaudo",
    "verifica",
    "contratto",
    "impresa",
    "requisito",
    "domanda",
    "commissione",
    "seduta",
    "verbale",
    "pagamento",
    "fattura",
]


def draft_of(lines: Sequence[str | tuple[tuple[str, ...], ...]]) -> Draft:
    """The draft of a text given as paragraphs; a tuple of rows is a table."""
    return draft_from(
        blocks_of(
            Passage("", rows=line) if isinstance(line, tuple) else Passage(line) for line in lines
        )
    )


def draft_from(blocks: tuple[Block, ...]) -> Draft:
    return Draft("txt", lay_out(blocks)[0], blocks, clauses_of(blocks), Metadata())


def sentence(chance: random.Random) -> str:
    words = " ".join(chance.choice(WORDS) for _ in range(chance.randint(4, 14)))
    return f"{words.capitalize()} {chance.randint(1, 90)}."


def numbered(articles: Sequence[tuple[str, Sequence[str]]], *, title: str = "") -> list[str]:
    """Articles (title, commi) as lines with typed numbers."""
    lines = [title] if title else []
    for number, (heading, commas) in enumerate(articles, start=1):
        lines.append(f"Art. {number} – {heading}")
        lines += [f"{place}. {comma}" for place, comma in enumerate(commas, start=1)]
    return lines


def document(chance: random.Random, *, articles: int) -> list[tuple[str, list[str]]]:
    return [
        (
            sentence(chance).removesuffix("."),
            [sentence(chance) for _ in range(chance.randint(1, 4))],
        )
        for _ in range(articles)
    ]


def edited(
    chance: random.Random, articles: Sequence[tuple[str, list[str]]], *, changes: int
) -> list[tuple[str, list[str]]]:
    """The articles with some of them moved, removed, added, or with their commi changed."""
    result = [(heading, list(commas)) for heading, commas in articles]
    for _ in range(changes):
        place = chance.randrange(len(result))
        what = chance.choice(["add", "remove", "move", "title", "comma", "less", "word"])
        if what == "add":
            result.insert(place, (sentence(chance).removesuffix("."), [sentence(chance)]))
        elif what == "remove" and len(result) > 1:
            result.pop(place)
        elif what == "move":
            result.insert(chance.randrange(len(result)), result.pop(place))
        elif what == "title":
            result[place] = (f"{result[place][0]} {chance.choice(WORDS)}", result[place][1])
        else:
            _edit_commas(chance, result[place][1], what)
    return result


def _edit_commas(chance: random.Random, commas: list[str], what: str) -> None:
    at = chance.randrange(len(commas))
    if what == "comma":
        commas.insert(at, sentence(chance))
    elif what == "less" and len(commas) > 1:
        commas.pop(at)
    else:
        commas[at] = commas[at].replace(" ", f" {chance.choice(WORDS)} ", 1)


@st.composite
def versions(draw: st.DrawFn, *, count: int = 2, most: int = 6) -> list[list[str]]:
    """A document as lines, then `count` - 1 versions made from it apart from each other."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    base = document(chance, articles=draw(st.integers(1, 8)))
    made = [edited(chance, base, changes=draw(st.integers(0, most))) for _ in range(count - 1)]
    title = draw(st.sampled_from(["", "DISCIPLINARE DI GARA"]))
    return [numbered(one, title=title) for one in (base, *made)]
