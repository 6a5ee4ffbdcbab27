"""What a citation is, and the addresses of what it cites."""

from dataclasses import dataclass

NORMATTIVA = "https://www.normattiva.it/uri-res/N2Ls?"
EUR_LEX = "https://eur-lex.europa.eu/eli/"
ELI = "http://data.europa.eu/eli/"


@dataclass(frozen=True, slots=True)
class Citation:
    """One norm cited: an act, or an article of it, or a comma, or a letter.

    `text` is `text[start:end]` of what was searched; lists and ranges give one object for each
    article, comma and letter, all with the same words. `act` is its short Italian name
    ("d.lgs. 36/2023"), empty when the words do not tell which act is meant: then `urn` and `url`
    are empty too. `urn` is a URN:NIR for Italian acts and an ELI for European ones. `certain` is
    False where the day of the act is not known, or the act was understood by the date alone.
    """

    text: str
    start: int
    end: int
    act: str
    article: str = ""
    comma: str = ""
    letter: str = ""
    urn: str = ""
    url: str = ""
    certain: bool = True


def urn_of(base: str, article: str) -> str:
    """The address of an article: Normattiva resolves articles, not commi."""
    if not base.startswith("urn:") or not article:
        return base
    if article.startswith("all. "):
        return base
    return f"{base}~art{article.replace('-', '')}"


def url_of(urn: str) -> str:
    """Where people read it; empty for what neither Normattiva nor EUR-Lex keeps."""
    if urn.startswith(("urn:nir:stato:", "urn:nir:presidente")):
        return NORMATTIVA + urn
    if urn.startswith(ELI):
        return f"{EUR_LEX}{urn.removeprefix(ELI)}/ita"
    return ""
