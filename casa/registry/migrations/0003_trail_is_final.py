"""The database refuses to change or delete a line of the trail."""

from django.db import migrations

CREATE = """
CREATE FUNCTION registry_trail_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a line of the trail is never changed or deleted';
END $$;
CREATE TRIGGER trail_is_final BEFORE UPDATE OR DELETE ON registry_trail
FOR EACH ROW EXECUTE FUNCTION registry_trail_is_final();
"""
DROP = """
DROP TRIGGER trail_is_final ON registry_trail;
DROP FUNCTION registry_trail_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
