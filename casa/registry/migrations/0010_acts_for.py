"""The body that a person chose last, to begin with it at the next log-in."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0009_trail_five_years")]
    operations = [
        migrations.AddField(
            model_name="person",
            name="acts_for",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="registry.body",
                verbose_name="ente scelto l'ultima volta",
            ),
        ),
    ]
