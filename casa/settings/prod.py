"""Settings of a running platform (`casa up`). Nothing exists only here."""

from casa.settings.base import *  # noqa: F403
