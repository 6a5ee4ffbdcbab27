"""A private PostgreSQL server for the house, for whoever does not point it at one.

`CASA_DATABASE_URL` makes all of this unnecessary. The data are in `CASA_DATA_DIR/postgres` (0700);
there is no network port and no password: the server listens on a socket in a private folder and
asks the kernel which account is calling. As root it runs as the account `casa-postgres`.
"""

from casa.foundation.postgres.errors import AlreadyRunning, CannotStart
from casa.foundation.postgres.server import PrivatePostgres, hands_on_database

__all__ = ["AlreadyRunning", "CannotStart", "PrivatePostgres", "hands_on_database"]
