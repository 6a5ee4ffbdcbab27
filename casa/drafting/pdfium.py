"""pdfium, loaded from where Python found it, not from where that place really is.

pypdfium2 asks for the real path of its library. In the jail of another user the real path is closed
(a project below /root, a home that nobody else may enter), and only the open folder through which
the program came in leads there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def _as_found() -> Iterator[None]:
    """While it lasts, paths stay as they were found: links are not followed to their end."""
    real = Path.resolve
    Path.resolve = lambda self, strict=False: self.absolute()  # type: ignore[method-assign]  # noqa: ARG005
    try:
        yield
    finally:
        Path.resolve = real  # type: ignore[method-assign]


with _as_found():
    import pypdfium2
    import pypdfium2.raw as pdfium

__all__ = ["pdfium", "pypdfium2"]
