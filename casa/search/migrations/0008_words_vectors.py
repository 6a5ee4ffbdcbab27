"""What the labels of codes and the words of synonym groups mean."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0007_card_prints")]
    operations = [
        migrations.CreateModel(
            name="WordsVector",
            fields=[
                ("text", models.CharField(max_length=300, primary_key=True, serialize=False)),
                ("numbers", models.BinaryField()),
            ],
            options={"db_table": "search_words_vector"},
        ),
    ]
