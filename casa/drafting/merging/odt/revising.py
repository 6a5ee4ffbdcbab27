"""Other words in an OpenDocument paragraph of ours: they look as those before them."""

from collections.abc import Iterator

from casa.drafting.comparing import diff_words
from casa.drafting.redline.odt.atoms import Atom, Letters, cut, write
from casa.drafting.xml import Element

_SIGNS = ("\t", "\n")


def revise(paragraph: Element, text: str, letters: Letters) -> None:
    """Make the paragraph say `text`; pictures and notes stay where they are."""
    write(paragraph, list(_revised(letters.atoms(paragraph), text)))


def say(paragraph: Element, text: str) -> None:
    """Make a new paragraph say the text."""
    write(paragraph, list(_said(text, ())))


def _revised(atoms: list[Atom], text: str) -> Iterator[Atom]:
    at = 0
    around: tuple[Element, ...] = atoms[0].around if atoms else ()
    for words in diff_words("".join(atom.text for atom in atoms), text):
        if words.op == "insert":
            yield from _said(words.text, around)
            continue
        held = cut(atoms, at, at + len(words.text))
        at += len(words.text)
        around = held[-1].around if held else around
        yield from held if words.op == "equal" else filter(_is_object, held)


def _is_object(atom: Atom) -> bool:
    return atom.thing is not None and atom.text not in _SIGNS


def _said(text: str, around: tuple[Element, ...]) -> Iterator[Atom]:
    if text:
        yield Atom(text.replace("\t", " ").replace("\n", " "), around)
