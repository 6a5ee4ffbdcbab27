"""The fields of models, found once per version; the documents that models were made from."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0002_sharing_decisions"),
        ("library", "0009_lineage"),
    ]

    operations = [
        migrations.CreateModel(
            name="FieldReading",
            fields=[
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="field_reading",
                        serialize=False,
                        to="library.version",
                    ),
                ),
                ("grammar", models.PositiveSmallIntegerField()),
                ("fields", models.JSONField(default=list)),
                ("conditions", models.JSONField(default=list)),
                ("blanks", models.JSONField(default=list)),
                (
                    "reason",
                    models.CharField(
                        blank=True, max_length=1000, verbose_name="perché non si legge"
                    ),
                ),
            ],
            options={
                "db_table": "library_field_reading",
            },
        ),
        migrations.CreateModel(
            name="MadeModel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="made_models",
                        to="library.version",
                    ),
                ),
                (
                    "upload",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="made_model",
                        to="intake.upload",
                    ),
                ),
            ],
            options={
                "verbose_name": "modello ricavato",
                "verbose_name_plural": "modelli ricavati",
                "db_table": "library_made_model",
            },
        ),
    ]
