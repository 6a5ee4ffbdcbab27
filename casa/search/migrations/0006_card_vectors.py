"""What cards mean, where search by meaning is on."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0005_index_aside")]
    operations = [
        migrations.CreateModel(
            name="CardVector",
            fields=[
                (
                    "card",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="vector",
                        serialize=False,
                        to="search.indexcard",
                    ),
                ),
                ("sequence", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("numbers", models.BinaryField()),
                ("made_at", models.DateTimeField(auto_now=True)),
            ],
            options={"db_table": "search_card_vector"},
        ),
    ]
