"""A query that found too little, asked again more freely: some of its words, what they may mean.

Nothing here moves a card with all the typed words: these answers only fill what is left of a page.
"""

from collections.abc import Iterable, Mapping

from casa.search.cpv import DIGITS
from casa.search.cpv.guessing import guess
from casa.search.engine.seam import Asked
from casa.search.italian import ASKING_WORDS, nouns_of
from casa.search.query import LOOSE, All, Either, Expanded, Field, Node, Word
from casa.search.synonyms import Group, Table, member_node

MOST_GROUPS = 3
"""A word in more groups than these says nothing of which one is meant."""
GROUP, GUESS, KIND, KIN = 0.5, 0.8, 3.0, 2.0
"""What counts beside a typed word: the other words of its group; those of a group that is only
guessed; the CPV codes whose labels hold it; the codes of the best answers."""
CLASS_DIGITS = 4
NOBODY = Either(())


def loosely(asked: Asked, known: Table) -> All:
    """The query that is content with some of its words, and with what they may stand for.

    A typed word also brings the nouns of its verb and, where it is part of a few groups only,
    what those groups mean. Words of the question are left out, unless there is nothing else.
    What is excluded or filtered stays so.
    """
    fixed = tuple(node for node in asked.typed.nodes if not isinstance(node, LOOSE))
    loose = [node for node in asked.wanted.nodes if isinstance(node, LOOSE)]
    telling = [node for node in loose if not _only_asks(node)] or loose
    if not telling:
        return asked.typed
    parts = [part for node in telling for part in _loose_parts(node, known)]
    words = [word.text for node in telling for word in _plain_words(node) if not word.whole]
    return All((Either((*parts, *_kinds(words))), *fixed))


def with_kin(tree: All, codes: Iterable[str]) -> All:
    """The loose query that also takes what is bought under the same codes as its best answers."""
    match tree.nodes:
        case (Either(parts), *fixed):
            kin: list[Node] = []
            for place, code in enumerate(dict.fromkeys(codes)):
                kin += _of_code(code, KIN / (place + 1))
            return All((Either((*parts, *kin)), *fixed))
    return tree


def under(codes: Mapping[str, float]) -> All:
    """What is bought under any of the codes, by what each counts."""
    parts = [node for code, weight in codes.items() for node in _of_code(code, weight)]
    return All((Either(tuple(parts)),))


def _of_code(code: str, weight: float) -> list[Node]:
    """The code itself, and less its class."""
    made: list[Node] = []
    for size, share in ((DIGITS, weight), (CLASS_DIGITS, weight / 2)):
        codes = (code[:size].ljust(DIGITS, "0"),)
        made.append(Expanded(NOBODY, (Field("cpv", codes[0], codes),), share))
    return made


def _plain_words(node: Node) -> list[Word]:
    match node:
        case Word():
            return [node]
        case Expanded(All(words), _):
            return [word for word in words if isinstance(word, Word)]
    return []


def _kinds(words: list[str]) -> list[Node]:
    """What the words may mean in the CPV."""
    return [node for code, share in guess(words) for node in _of_code(code, KIND * share)]


def _only_asks(node: Node) -> bool:
    return isinstance(node, Word) and not node.whole and node.text in ASKING_WORDS


def _loose_parts(node: Node, known: Table) -> list[Node]:
    """A word with what it may mean; a known group as it is, and each of its words."""
    match node:
        case Word() if not node.whole:
            return [_guessed(node, known)]
        case Expanded(All(words), others):
            return [Expanded(All(words), others, GROUP), *_guessed_of(words, known)]
        case Expanded(typed, others):
            return [Expanded(typed, others, GROUP)]
    return [node]


def _guessed_of(words: tuple[Node, ...], known: Table) -> list[Node]:
    return [_guessed(word, known) for word in words if isinstance(word, Word)]


def _guessed(word: Word, known: Table) -> Node:
    others: dict[Node, None] = {Word(noun): None for noun in nouns_of(word.text)}
    for text in (word.text, *nouns_of(word.text)):
        groups = known.parts.get(known.key(text), ())
        for group in groups if len(groups) <= MOST_GROUPS else ():
            others |= dict.fromkeys(_meanings(group, known))
    return Expanded(word, tuple(others), GUESS) if others else word


def _meanings(group: Group, known: Table) -> list[Node]:
    meant: list[Node] = [member_node(member, known) for member in group.words]
    if group.cpv_codes:
        meant.append(Field("cpv", " ".join(group.cpv_codes), group.cpv_codes))
    return meant
