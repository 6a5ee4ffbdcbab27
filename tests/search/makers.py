"""Cards to search for; everything in them is invented."""

from casa.search.services import file_card


def card(**changes):
    """File a public model; say only what matters to the test."""
    said = {
        "key": "library:entry:1",
        "kind": "model",
        "title": "Disciplinare di gara",
        "object": "",
        "text": "",
        "url": "/biblioteca/disciplinare/",
        "body": None,
        "facets": {},
        "audience": ["pub"],
        "dated_on": None,
        "reviewed": True,
    }
    return file_card(**(said | changes))
