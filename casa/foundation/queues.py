"""The queues of the worker: what must not wait stands in one of its own.

Reading a large file takes minutes; a mail takes a second and somebody waits for it. Where there are
two workers or more, one of them serves `MAIL` only (see `foundation.opening.house`).
"""

MAIL = "mail"
ALL = "*"
