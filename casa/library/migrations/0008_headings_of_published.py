"""A published version's text is final; where its clauses begin may be told anew.

Only a transaction that names the version (`casa.rereads`) may write its clauses again: whoever
corrects its headings. Text and files stay under the old rule.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION library_clause_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM library_version
        WHERE id = COALESCE(OLD.version_id, NEW.version_id) AND state = 'published'
    ) AND (
        TG_OP <> 'INSERT'
        OR current_setting('casa.rereads', true) IS DISTINCT FROM NEW.version_id::text
    ) THEN
        RAISE EXCEPTION 'the parts of a published version never change: publish another';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER clause_is_final ON library_clause;
CREATE TRIGGER clause_is_final BEFORE INSERT OR UPDATE ON library_clause
FOR EACH ROW EXECUTE FUNCTION library_clause_is_final();
"""
DROP = """
DROP TRIGGER clause_is_final ON library_clause;
CREATE TRIGGER clause_is_final BEFORE INSERT OR UPDATE ON library_clause
FOR EACH ROW EXECUTE FUNCTION library_part_is_final();
DROP FUNCTION library_clause_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [("library", "0007_heading_corrections")]
    operations = [migrations.RunSQL(CREATE, DROP)]
