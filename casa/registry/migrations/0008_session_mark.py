from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0007_network_told"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="session_mark",
            field=models.CharField(blank=True, default="", editable=False, max_length=32),
            preserve_default=False,
        ),
    ]
