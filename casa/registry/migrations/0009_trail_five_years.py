"""Lines of the trail may go after five years, as the privacy page says; never before."""

from django.db import migrations

FIVE_YEARS = """
CREATE OR REPLACE FUNCTION registry_trail_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '5 years' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a line of the trail is never changed, nor deleted within five years';
END $$;
"""
NEVER = """
CREATE OR REPLACE FUNCTION registry_trail_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a line of the trail is never changed or deleted';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0008_session_mark")]
    operations = [migrations.RunSQL(FIVE_YEARS, NEVER)]
