"""The one error of the house that a person may read."""


class Refused(Exception):  # noqa: N818 -- it reads as a sentence
    """The rules of the house forbid this act now.

    The message is an Italian sentence fit for a page: what is refused, why, what to do next.
    """
