"""Asking to work for a body that nobody has opened yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0011_succession"),
    ]

    operations = [
        migrations.AddField(
            model_name="joinrequest",
            name="new_body",
            field=models.CharField(
                blank=True, default="", max_length=200, verbose_name="ente da aprire"
            ),
        ),
    ]
