"""What the steps hand on to each other, and how a step ends the inspection."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.functional import Promise

from casa import drafting
from casa.intake.models import Finding, Upload


class Rejected(Exception):  # noqa: N818 -- it reads as a sentence
    """The file can't be taken; the message says what is wrong and what to do."""


class NotYet(Exception):  # noqa: N818 -- idem
    """The inspection can't go on now; the message says what it waits for."""


@dataclass(slots=True)
class Inspection:
    """What the steps hand on to each other."""

    upload: Upload
    path: Path
    read: drafting.Draft | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def draft(self) -> drafting.Draft:
        if self.read is None:
            raise RuntimeError("The step that reads comes first.")
        return self.read

    def add(
        self,
        severity: Finding.Severity,
        code: str,
        message: str,
        *,
        place: str = "",
        excerpt: str = "",
    ) -> None:
        self.findings.append(
            Finding(
                upload=self.upload,
                severity=severity,
                code=code,
                message=message[:500],
                place=place[:200],
                excerpt=excerpt[:200],
            )
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One step and the name under which a person sees it in progress."""

    label: str | Promise
    run: Callable[[Inspection], None]
