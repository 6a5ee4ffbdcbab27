"""Which file a model was made of, also when its version has given it up."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0002_sharing_decisions"),
        ("library", "0010_model_fields"),
    ]

    operations = [
        migrations.AddField(
            model_name="mademodel",
            name="original",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="models_made",
                to="intake.upload",
            ),
        ),
    ]
