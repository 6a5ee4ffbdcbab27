"""CPV codes: where one stands in the tree, and the words of those that cards carry."""

from collections.abc import Collection, Iterable, Mapping

from casa.search.models import CpvCode

DIGITS = 8
MOST = 50


def division_of(code: str) -> str:
    """The division a code stands in: 45233141 → 45000000."""
    return code[:2].ljust(DIGITS, "0")


def line_of(code: str) -> list[str]:
    """The code and those it may stand under, nearest first: 45233141, 45233140, …, 45000000."""
    shorter = (code[:size].ljust(DIGITS, "0") for size in range(DIGITS, 1, -1))
    return list(dict.fromkeys(shorter))


def divisions_of(codes: Iterable[str]) -> list[str]:
    """The divisions of the codes; what is no code has none."""
    return sorted({division_of(code) for code in codes if is_code(code)})


def is_code(text: str) -> bool:
    return len(text) == DIGITS and text.isascii() and text.isdecimal()


def labels_of(codes: Collection[str]) -> dict[str, str]:
    """The Italian label of each code that is known, in one query."""
    wanted = {code for code in codes if is_code(code)}
    if not wanted:
        return {}
    return dict(CpvCode.objects.filter(code__in=wanted).values_list("code", "label"))


def words_of_codes(codes: Iterable[str], known: Mapping[str, str]) -> str:
    """What a card is searched by: the labels of its codes, twice, then those they stand under."""
    own = [code for code in codes if code in known]
    above = {above for code in codes if is_code(code) for above in line_of(code)[1:]}
    labels = [known[code] for code in own]
    branch = [known[code] for code in sorted(above - set(own)) if code in known]
    return ". ".join([*labels, *labels, *branch])


def divisions_named(words: str) -> list[str]:
    """The divisions whose label holds these words: for `settore:costruzione`."""
    found = CpvCode.objects.filter(code__endswith="000000")
    for word in words.split():
        found = found.filter(label__icontains=word)
    return list(found.values_list("code", flat=True)[:MOST])
