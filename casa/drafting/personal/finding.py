"""Finding personal data: every kind looks for its own; of two that overlap the surer one stays."""

from collections.abc import Callable, Iterator

from casa.drafting.personal import contacts, names, numbers, people
from casa.drafting.personal.datum import PersonalDatum

_SUREST_FIRST: tuple[Callable[[str], Iterator[PersonalDatum]], ...] = (
    numbers.fiscal_codes,
    numbers.ibans,
    numbers.documents,
    contacts.mail,
    numbers.eleven_digits,
    people.births,
    numbers.plates,
    contacts.phones,
    people.addresses,
    names.names,
)


def find(text: str) -> tuple[PersonalDatum, ...]:
    """Personal data in the order of the text, none overlapping another. Linear in the text.

    Nothing found is no proof that there is nothing: a person confirms before anything is shared.
    """
    ranked = [
        (datum.start, rank, datum)
        for rank, look in enumerate(_SUREST_FIRST)
        for datum in look(text)
    ]
    kept: list[tuple[int, PersonalDatum]] = []
    for _start, rank, datum in sorted(ranked, key=lambda one: (one[0], one[1])):
        if not kept or datum.start >= kept[-1][1].end:
            kept.append((rank, datum))
        elif rank < kept[-1][0]:
            kept[-1] = (rank, datum)
    return tuple(datum for _rank, datum in kept)
