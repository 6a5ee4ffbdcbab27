from django.db import migrations, models


class Migration(migrations.Migration):
    """When a person was told of not having come in for a year, and asked to be let in again."""

    dependencies = [
        ("registry", "0012_bodies_to_open"),
    ]

    operations = [
        migrations.AddField(
            model_name="mandate",
            name="warned_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="mandate",
            name="asked_back_on",
            field=models.DateField(blank=True, null=True, verbose_name="chiesto di nuovo il"),
        ),
    ]
