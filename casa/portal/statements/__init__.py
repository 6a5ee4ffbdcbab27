"""What the platform keeps about people, in the words of the privacy page.

Each entry answers for models whose docstring says that they hold personal data; a test compares
the two, so that a new model can't be forgotten here.
"""

from datetime import date

from casa.portal.statements.documents import documents
from casa.portal.statements.kept import Kept
from casa.portal.statements.lineage import lineage
from casa.portal.statements.people import people
from casa.portal.statements.tenders import tenders

__all__ = ["ACCESSIBILITY_ON", "PRIVACY_ON", "Kept", "kept"]

ACCESSIBILITY_ON = date(2026, 11, 25)
PRIVACY_ON = date(2026, 11, 25)


def kept() -> tuple[Kept, ...]:
    """All of it, in the order of the page."""
    return (*people(), *documents(), *lineage(), *tenders())
