"""Why the house cannot be opened, in words for the person who tried."""


class CannotStart(Exception):  # noqa: N818 -- reads as the sentence it carries
    """Something the operator must put right first; the text is an Italian sentence."""


class AlreadyRunning(CannotStart):
    """Another process owns the data."""
