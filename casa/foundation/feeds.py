"""Words as feeds can tell them."""

import re

_UNKNOWN_TO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def in_xml(text: str) -> str:
    """The same words, a space for each sign that XML does not know: pasted text has some."""
    return _UNKNOWN_TO_XML.sub(" ", text)
