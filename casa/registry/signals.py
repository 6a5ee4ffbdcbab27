"""What upper rooms may hear from the registry, after commit."""

from django.dispatch import Signal

demo_leaving = Signal()
"""Sent just before `demo_removed`, with the same `body_ids`: upper rooms let go of what lower rooms
are about to delete."""

demo_removed = Signal()
"""The demonstration is gone; `body_ids` names its bodies. Rooms remove what they made for it."""

hand_over_done = Signal()
"""What a mandate held has new owners; `hand_over_id` says of which. Sent after commit."""

body_attested = Signal()
"""The administrators of `body_id` have said of everybody that they still work there."""
