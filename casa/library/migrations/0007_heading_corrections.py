"""What people said of headings that were read wrongly, kept with each version."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0006_starter"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeadingCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.TextField(verbose_name="riga")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(9)],
                        verbose_name="livello",
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField(default=0)),
                ("turns", models.PositiveSmallIntegerField(default=0)),
                (
                    "places",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="heading_corrections",
                        to="library.version",
                    ),
                ),
            ],
            options={
                "verbose_name": "titolo corretto",
                "verbose_name_plural": "titoli corretti",
                "db_table": "library_heading_correction",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__lte", 9), models.Q(("words", ""), _negated=True)
                        ),
                        name="heading_correction_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("turn__lte", models.F("turns"))),
                        name="heading_correction_turn_of_turns",
                    ),
                ],
            },
        ),
    ]
