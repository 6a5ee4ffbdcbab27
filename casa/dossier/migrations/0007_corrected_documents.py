"""Which documents a corrigendum corrects."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossier", "0006_timetables")]

    operations = [
        migrations.AddField(
            model_name="corrigendum",
            name="corrects",
            field=models.ManyToManyField(
                blank=True,
                db_table="dossier_corrigendum_paper",
                related_name="corrigenda",
                to="dossier.paper",
                verbose_name="documenti corretti",
            ),
        ),
    ]
