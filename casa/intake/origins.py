"""Where a file comes from, as an upper room knows it: a sentence on its page and one button.

The upper room offers in `AppConfig.ready()` a function that looks at what was read in the file and
says nothing, without asking the database, where the file says nothing of its origin.
"""

from collections.abc import Callable
from dataclasses import dataclass

from casa.drafting import Draft
from casa.intake.models import Upload
from casa.registry.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What is known: the words, where they lead, what a press does (`act` is posted to)."""

    words: str
    url: str
    label: str
    act: str = ""
    button: str = ""
    other_url: str = ""
    other_label: str = ""


Teller = Callable[[Actor, Upload, Draft], Origin | None]
_tellers: list[Teller] = []


def offer(teller: Teller) -> None:
    """Let a room say what it knows of a file."""
    if teller not in _tellers:
        _tellers.append(teller)


def told(actor: Actor, upload: Upload, draft: Draft | None) -> list[Origin]:
    """What the rooms know of a checked file, for this actor."""
    if draft is None or not upload.is_cleared:
        return []
    found = (teller(actor, upload, draft) for teller in _tellers)
    return [one for one in found if one is not None]
