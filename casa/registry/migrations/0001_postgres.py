"""PostgreSQL extensions, and the one way names are sorted and compared in the house."""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

# unaccent() is only STABLE because its dictionary could change; we never change it, and an
# index on the sortable name needs IMMUTABLE.
CREATE = """
CREATE FUNCTION casa_sortable(name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS
$$ SELECT lower(public.unaccent('public.unaccent', name)) $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        BtreeGistExtension(),
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(CREATE, "DROP FUNCTION casa_sortable(text)"),
    ]
