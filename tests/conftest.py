"""What every test has at hand.

The database: the plugin `casa.foundation.postgres.testing` (named in pyproject.toml) starts a private
throw-away server per run, unless CASA_DATABASE_URL says where another one is.
"""
