"""The one sequence that numbers the changes of cards."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [
        migrations.RunSQL("CREATE SEQUENCE search_card_sequence", "DROP SEQUENCE search_card_sequence")
    ]
