"""Between the event loop and the pages: nobody's slow line ever holds a thread.

A request is taken in whole before a page sees it (`bodies`), the page answers into a store of its
own (`answers`), and what it answered is sent as fast as the reader takes it.
"""

from casa.foundation.bridge.bodies import Bounds
from casa.foundation.bridge.bridge import Bridge

__all__ = ["Bounds", "Bridge"]
