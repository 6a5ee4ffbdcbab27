"""Near-duplicates of an upload among the published documents, found through PostgreSQL alone.

Beside it, in the same run: the same prints compared one by one in memory (exact, but resident), and
the least that any question to the database costs.
"""

import random
import time
from collections.abc import Callable, Sequence

from bench.house import file_cards, house
from bench.measure import interleaved, surroundings, table

ASKED = 40
SHARES = (0.005, 0.02, 0.05, 0.10)
SEED = 20261125
TABLES = ("search_card_print", "search_card_band", "search_card_clause")


def run(size: int) -> str:
    """Measure; gives the report in Markdown."""
    about = surroundings()
    with house():
        file_cards(size)
        return "\n".join(
            [f"# Near-duplicates, {size:,} documents\n", about + "\n", _making(size), _asking()]
        )


def _making(size: int) -> str:
    from django.db import connection

    from casa.search import prints

    begun = time.perf_counter()
    prints.follow(size)
    taken = time.perf_counter() - begun
    with connection.cursor() as cursor:
        for name in TABLES:
            cursor.execute(f"ANALYZE {name}")
        sizes = "+".join(f"pg_total_relation_size('{name}')" for name in TABLES)
        cursor.execute(f"SELECT ({sizes}) / 1048576")
        megabytes = cursor.fetchone()[0]
    speed = f"{size / taken:.0f} documents/s"
    return f"Prints made and stored: {speed}; table and indexes: {megabytes} MB.\n"


def _asking() -> str:
    from casa.drafting import similar
    from casa.registry.actor import ANONYMOUS
    from casa.search import prints
    from casa.search.models import CardPrint, IndexCard
    from casa.search.queries import alike

    chance = random.Random(SEED)
    rows_kept = CardPrint.objects.values_list("card__key", "places")
    kept = [(key, prints.unpacked(places)) for key, places in rows_kept]
    rows = []
    for share in SHARES:
        chosen = IndexCard.objects.visible_to(ANONYMOUS).order_by("pk")[: ASKED * 5 : 5]
        asked = {_changed(card.text, share, chance): card.key for card in chosen}
        found = {text: alike.nearest_keys(ANONYMOUS, text) for text in asked}
        recall = sum(asked[text] in keys for text, keys in found.items()) / len(asked)
        questions: dict[str, Callable[[str], object]] = {
            "query": lambda text: alike.nearest_keys(ANONYMOUS, text),
            "whole": lambda text: alike.copies(ANONYMOUS, text),
            "print": similar.print_of,
            "memory": lambda text: _one_by_one(similar.print_of(text), kept),
            "floor": lambda _text: IndexCard.objects.filter(pk=0).exists(),
        }
        series = interleaved(questions, list(asked))
        times = [str(series[name]) for name in questions]
        rows.append([f"{share:.1%} of the words changed", f"{recall:.3f}", *times])
    head = [
        "",
        "recall",
        "candidates by bands (with the print)",
        "with exact shares and titles",
        "the print alone",
        "prints one by one in memory",
        "an empty question",
    ]
    return table(head, rows)


def _changed(text: str, share: float, chance: random.Random) -> str:
    words = text.split(" ")
    return " ".join(chance.choice(words) if chance.random() < share else word for word in words)


def _one_by_one(own: Sequence[int], kept: Sequence[tuple[str, Sequence[int]]]) -> list[str]:
    likes = ((sum(a == b for a, b in zip(own, places, strict=True)), key) for key, places in kept)
    return [key for _likeness, key in sorted(likes, reverse=True)[:5]]
