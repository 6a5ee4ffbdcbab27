"""Opening cases and moving their steps."""

from casa.casework.services.cases import NewStep, open_case
from casa.casework.services.steps import Move, finish_step, move_step

__all__ = ["Move", "NewStep", "finish_step", "move_step", "open_case"]
