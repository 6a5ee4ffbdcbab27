from django.db import migrations, models


class Migration(migrations.Migration):
    """Since when every office hit by a campaign has its task; the worker writes them."""

    dependencies = [
        ("library", "0016_exchange"),
    ]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="asked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunSQL(
            "UPDATE library_campaign SET asked_at = opened_at", migrations.RunSQL.noop
        ),
    ]
