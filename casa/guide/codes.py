"""CPV codes for plain words: a room above, that knows the search, says which."""

from collections.abc import Callable, Sequence

Proposed = Sequence[tuple[str, str]]
"""Code and Italian label, the likeliest first."""
_proposers: list[Callable[[str], Proposed]] = []


def offer(proposer: Callable[[str], Proposed]) -> None:
    """Say who proposes codes; the last one said holds."""
    _proposers.append(proposer)


def codes_for(words: str) -> Proposed:
    """The codes that plain words may mean; none where nobody proposes any."""
    return _proposers[-1](words) if _proposers and words else ()
