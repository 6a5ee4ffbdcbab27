"""Searches that members keep; searches that found nothing."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0003_cpv_and_merits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EmptySearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200, unique=True)),
                ("words", models.CharField(max_length=200, verbose_name="parole")),
                ("partial", models.BooleanField(default=False)),
                ("count", models.PositiveIntegerField(default=0, verbose_name="volte")),
                ("first_seen_on", models.DateField()),
                ("last_seen_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Da guardare"),
                            ("answered", "Con risposta"),
                            ("ignored", "Messa da parte"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="stato",
                    ),
                ),
                ("answer_key", models.CharField(blank=True, max_length=80)),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="se ne occupa",
                    ),
                ),
            ],
            options={
                "verbose_name": "ricerca senza risultati",
                "verbose_name_plural": "ricerche senza risultati",
                "db_table": "search_empty_search",
                "indexes": [
                    models.Index(fields=["state", "-count"], name="empty_search_by_weight")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "answered"), ("answer_key", ""), _connector="XOR"
                        ),
                        name="an_answered_search_has_its_answer",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nome")),
                ("words", models.CharField(blank=True, max_length=400, verbose_name="parole")),
                ("filters", models.JSONField(blank=True, default=dict)),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("at_once", "Appena c'è qualcosa di nuovo"),
                            ("weekly", "Al massimo una mail alla settimana"),
                            ("never", "Niente mail: la ritrovo solo qui"),
                        ],
                        default="weekly",
                        max_length=10,
                        verbose_name="quando avvisarti",
                    ),
                ),
                ("seen", models.BigIntegerField(default=0)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("feed_token", models.CharField(blank=True, max_length=64)),
                ("created_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_searches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "ricerca salvata",
                "verbose_name_plural": "ricerche salvate",
                "db_table": "search_saved_search",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("feed_token", ""), _negated=True),
                        fields=("feed_token",),
                        name="one_search_per_feed_token",
                    )
                ],
            },
        ),
    ]
