from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0006_kept_form"),
    ]

    operations = [
        migrations.AddField(
            model_name="joinrequest",
            name="network_told_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
