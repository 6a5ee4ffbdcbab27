"""What upper rooms may hear from the registry, after commit."""

from django.dispatch import Signal

demo_removed = Signal()
"""The demonstration is gone; `body_ids` names its bodies. Rooms remove what they made for it."""
