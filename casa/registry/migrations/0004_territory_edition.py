"""Remember which edition of ISTAT's list was loaded, and who took a Province's place."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_trail_is_final")]
    operations = [
        migrations.CreateModel(
            name="TerritoryEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(unique=True, verbose_name="situazione al")),
                ("source", models.CharField(max_length=200, verbose_name="fonte")),
                ("provinces", models.PositiveIntegerField(verbose_name="Province")),
                ("municipalities", models.PositiveIntegerField(verbose_name="Comuni")),
                ("loaded_at", models.DateTimeField(verbose_name="caricato il")),
            ],
            options={
                "verbose_name": "edizione del territorio",
                "verbose_name_plural": "edizioni del territorio",
                "db_table": "registry_territory_edition",
                "ordering": ["-on"],
            },
        ),
        migrations.AddField(
            model_name="projectplace",
            name="instead_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.province",
                verbose_name="al posto di",
            ),
        ),
    ]
