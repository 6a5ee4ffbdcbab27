"""Facts the library announces to the rooms above it, after the transaction is safe."""

from django.dispatch import Signal

version_published = Signal()
"""A version became the current one. Sends `version`."""

entry_withdrawn = Signal()
"""An entry was withdrawn. Sends `entry`."""
