"""The answer: which procedure, who runs it, why, and what is not known."""

from collections.abc import Sequence
from dataclasses import dataclass, field

LABELS = {
    "direct_award": "Affidamento diretto",
    "negotiated_5": "Procedura negoziata senza bando con almeno cinque operatori",
    "negotiated_10": "Procedura negoziata senza bando con almeno dieci operatori",
    "open_procedure": "Procedura aperta",
    "restricted_procedure": "Procedura ristretta",
    "competitive_with_negotiation": "Procedura competitiva con negoziazione",
    "competitive_dialogue": "Dialogo competitivo",
    "innovation_partnership": "Partenariato per l'innovazione",
    "negotiated_without_notice": "Procedura negoziata senza bando nei casi tassativi",
    "social_light_regime": "Regime alleggerito dei servizi sociali",
    "concession_negotiated_10": "Concessione: procedura negoziata con almeno dieci operatori",
    "framework_call_off": "Ordine su un accordo quadro già concluso",
}
"""The procedures, in the order in which they are shown; the codes are closed."""
WHO_LABELS = {
    "self": "L'ente fa da solo",
    "use_tool": "L'ente fa da solo, con gli strumenti telematici di un ente qualificato",
    "use_convention": "L'ente ordina su una convenzione di un ente qualificato",
    "ask_sua": "L'ente chiede la gara alla Stazione unica appaltante o a un altro ente qualificato",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence and the rules it rests on; `to_check` when one of them was not verified."""

    text: str
    citations: tuple[str, ...] = ()
    to_check: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """A procedure that may be used, or may not, and why."""

    code: str
    reason: Reason

    @property
    def label(self) -> str:
        """The procedure in words."""
        return LABELS[self.code]

    def as_json(self) -> dict[str, object]:
        """As `casa guide --json` prints it."""
        return {
            "code": self.code,
            "label": self.label,
            "why": self.reason.text,
            "citations": list(self.reason.citations),
        }


@dataclass(frozen=True, slots=True)
class Who:
    """Who may run the procedure, and what else the body may do instead."""

    code: str
    reason: Reason
    instead: Sequence[Reason] = ()

    @property
    def label(self) -> str:
        """Who, in words."""
        return WHO_LABELS[self.code]

    def as_json(self) -> dict[str, object]:
        """As `casa guide --json` prints it: the other ways stand in `why`."""
        said = (self.reason, *self.instead)
        return {
            "code": self.code,
            "why": " ".join(one.text for one in said),
            "citations": list(dict.fromkeys(cited for one in said for cited in one.citations)),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """`preferred` and `who` are missing only where `unknown` says why."""

    preferred: Option | None = None
    who: Who | None = None
    admissible: Sequence[Option] = ()
    excluded: Sequence[Option] = ()
    before: Sequence[Reason] = ()
    notes: Sequence[Reason] = ()
    unknown: Sequence[Reason] = field(default_factory=tuple)

    def as_json(self) -> dict[str, object]:
        """As `casa guide --json` prints it."""
        return {
            "preferred": self.preferred.as_json() if self.preferred else None,
            "who": self.who.as_json() if self.who else None,
            "admissible": [one.as_json() for one in self.admissible],
            "excluded": [
                {name: value for name, value in one.as_json().items() if name != "label"}
                for one in self.excluded
            ],
            "before": [_said(one) for one in self.before],
            "notes": [_said(one) for one in self.notes],
            "unknown": [_said(one) for one in self.unknown],
        }


def _said(reason: Reason) -> dict[str, object]:
    return {"text": reason.text, "citations": list(reason.citations), "to_check": reason.to_check}
