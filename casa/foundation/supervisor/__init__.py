"""Keeps the parts of the house standing: starts them in order, restarts what falls, stops in order.

The supervisor itself loads no Django, starts no threads and does little, so that it does not fall.
The kernel kills its parts if it does.
"""

from casa.foundation.supervisor.parts import CommandPart, DatabasePart, Part
from casa.foundation.supervisor.probe import Probe
from casa.foundation.supervisor.supervisor import StopAsked, Supervisor

__all__ = ["CommandPart", "DatabasePart", "Part", "Probe", "StopAsked", "Supervisor"]
