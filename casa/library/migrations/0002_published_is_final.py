"""The database refuses to change a published version, its clauses or its files."""

from django.db import migrations

CREATE = """
CREATE FUNCTION library_version_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'published' AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'a published version never changes: publish another';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER version_is_final BEFORE UPDATE ON library_version
FOR EACH ROW EXECUTE FUNCTION library_version_is_final();

CREATE FUNCTION library_part_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM library_version
        WHERE id = COALESCE(OLD.version_id, NEW.version_id) AND state = 'published'
    ) THEN
        RAISE EXCEPTION 'the parts of a published version never change: publish another';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER clause_is_final BEFORE INSERT OR UPDATE ON library_clause
FOR EACH ROW EXECUTE FUNCTION library_part_is_final();
CREATE TRIGGER file_is_final BEFORE INSERT OR UPDATE ON library_version_file
FOR EACH ROW EXECUTE FUNCTION library_part_is_final();
"""
DROP = """
DROP TRIGGER version_is_final ON library_version;
DROP TRIGGER clause_is_final ON library_clause;
DROP TRIGGER file_is_final ON library_version_file;
DROP FUNCTION library_version_is_final();
DROP FUNCTION library_part_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
