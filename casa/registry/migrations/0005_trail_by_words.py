"""Find lines of the trail by the words of their subject."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_territory_edition")]
    operations = [
        migrations.AddIndex(
            model_name="trailline",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    models.Func(models.F("subject_name"), function="casa_sortable"),
                    name="gin_trgm_ops",
                ),
                name="trail_by_words",
            ),
        ),
    ]
