from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0004_saved_and_empty_searches")]

    operations = [
        migrations.AddField(
            model_name="indexstate",
            name="aside_mark",
            field=models.CharField(blank=True, default="", max_length=32),
            preserve_default=False,
        ),
    ]
