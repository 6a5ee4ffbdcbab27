"""CPV codes with their labels; until when a card is vouched for, and how many adopted it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0002_sequence")]
    operations = [
        migrations.CreateModel(
            name="CpvCode",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=8, primary_key=True, serialize=False, verbose_name="codice"
                    ),
                ),
                ("label", models.CharField(max_length=300, verbose_name="etichetta")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="search.cpvcode",
                    ),
                ),
            ],
            options={
                "verbose_name": "codice CPV",
                "verbose_name_plural": "codici CPV",
                "db_table": "search_cpv_code",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9]{8}$")),
                        name="cpv_code_has_eight_digits",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="indexcard",
            name="adoptions",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="indexcard",
            name="confirm_by",
            field=models.DateField(blank=True, null=True),
        ),
    ]
