"""Opening cases and moving their steps."""

from casa.casework.services.cases import NewStep, open_case
from casa.casework.services.steps import Move, move_step

__all__ = ["Move", "NewStep", "move_step", "open_case"]
