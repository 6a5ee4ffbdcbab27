"""What happens to a file: received, inspected, and forgotten when nobody needs it."""

from casa.intake.services.deleting import discard
from casa.intake.services.duplicating import duplicate
from casa.intake.services.expiring import expire, remove_demo
from casa.intake.services.inspecting import inspect, sweep
from casa.intake.services.receiving import receive

__all__ = ["discard", "duplicate", "expire", "inspect", "receive", "remove_demo", "sweep"]
