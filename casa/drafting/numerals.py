"""Numbers as word processors write them before a paragraph: 3, c, III, 03, 3º, "terzo"."""

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_WORDS = (
    "zero", "uno", "due", "tre", "quattro", "cinque", "sei",
    "sette", "otto", "nove", "dieci", "undici", "dodici",
)  # fmt: skip
_ORDINALS = (
    "zero", "primo", "secondo", "terzo", "quarto", "quinto", "sesto",
    "settimo", "ottavo", "nono", "decimo", "undicesimo", "dodicesimo",
)  # fmt: skip
_LARGEST_ROMAN = 3999
_LETTERS = 26
_LONGEST = 30


def roman(number: int) -> str:
    """III for 3; figures beyond what Romans wrote."""
    if not 0 < number <= _LARGEST_ROMAN:
        return str(number)
    text = ""
    for size, letters in _ROMAN:
        count, number = divmod(number, size)
        text += letters * count
    return text


def doubled_letter(number: int) -> str:
    """c for 3, cc for 29: Word repeats the letter."""
    if not 0 < number <= _LETTERS * _LONGEST:
        return str(number)
    return chr(ord("a") + (number - 1) % _LETTERS) * ((number - 1) // _LETTERS + 1)


def spreadsheet_letter(number: int) -> str:
    """c for 3, ac for 29: OpenDocument counts on."""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, _LETTERS)
        text = chr(ord("a") + rest) + text
    return text


def in_words(number: int, *, ordinal: bool) -> str:
    """ "terzo" or "tre" up to twelve, figures beyond."""
    words = _ORDINALS if ordinal else _WORDS
    return words[number] if 0 <= number < len(words) else str(number)
