"""Texts made to make work, and texts made of rubbish."""

import random
import time

import pytest

from casa.drafting import citations
from tests.drafting.test_citations_labelled import records

SIGNS = [
    *" \n\t\u00a0\u00ad.,;:()«»’-–/0129ivxſİK²١°àab\x00",
    "art. ",
    "lett. ",
    "e ",
    "da ",
    "bis",
]
UNITS = [
    " ",
    "\n",
    "art. 1, ",
    "artt. 1-59, ",
    "comma 1, lett. a) e b), ",
    "comma 1 del medesimo articolo ",
    "di seguito , , ",
    "decreto del Ministro delle infrastrutture e dei trasporti ",
    "d.lgs. 36/2023 del Codice ",
    "l. 1/2000 (di seguito «legge») ",
    "a" * 50 + " ",
    "All. II.14 art. 3 ",
    "1/2/3 ",
]


def seconds(unit, length):
    text = "art. 1 del Codice " + unit * (length // len(unit)) + " d.lgs. 36/2023"
    begun = time.process_time()
    citations.find(text)
    return time.process_time() - begun


@pytest.mark.parametrize("unit", UNITS)
def test_eight_times_the_text_takes_about_eight_times_the_time(unit):
    short, long = seconds(unit, 125_000), seconds(unit, 1_000_000)
    assert long < 24 * max(short, 0.01)  # the square would be 64


def test_each_word_that_a_text_defines_costs_the_same():
    def work(count):
        text = "".join(
            f"l. {n % 9000 + 1}/2000 (di seguito «w{n}»); art. 1 del w{n}. " for n in range(count)
        )
        begun = time.process_time()
        found = citations.find(text)
        assert len(found) == 2 * count
        return time.process_time() - begun

    assert work(4_000) < 24 * max(work(500), 0.01)


def test_ranges_do_not_fill_the_memory():
    text = "artt. 1-59 l. 241/1990, " * 5_000
    assert len(citations.find(text)) <= 1_000 + len(text) // 10


def test_rubbish_is_read_and_every_place_holds_its_words():
    chance = random.Random(5)
    texts = [record.text for record in records()]
    for _ in range(1_500):
        text = f"{chance.choice(texts)} {chance.choice(texts)}"
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(text))
            text = (
                text[:at]
                + chance.choice(["", chance.choice(SIGNS)])
                + text[at + chance.randint(0, 4) :]
            )
        for one in citations.find(text):
            assert one.text
            assert text[one.start : one.end] == one.text
