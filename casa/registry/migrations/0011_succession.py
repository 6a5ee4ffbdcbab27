"""Passing on what a mandate held, and saying once a year who still works for a body."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0010_acts_for"),
    ]

    operations = [
        migrations.AddField(
            model_name="body",
            name="attest_by",
            field=models.DateField(
                blank=True, null=True, verbose_name="mandati da riconfermare entro"
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="confirmed_on",
            field=models.DateField(blank=True, null=True, verbose_name="riconfermato il"),
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("ended", "Mandato concluso da chi amministra l'ente"),
                            ("left", "La persona ha lasciato il mandato"),
                            ("expired", "Il mandato è arrivato alla sua fine"),
                        ],
                        max_length=8,
                        verbose_name="perché",
                    ),
                ),
                ("choices", models.JSONField(blank=True, default=dict)),
                ("opened_at", models.DateTimeField(verbose_name="aperto il")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="fatto il")),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hand_overs",
                        to="registry.mandate",
                    ),
                ),
            ],
            options={
                "verbose_name": "passaggio di consegne",
                "verbose_name_plural": "passaggi di consegne",
                "db_table": "registry_hand_over",
            },
        ),
        migrations.CreateModel(
            name="HandOverLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=40)),
                ("label", models.CharField(max_length=120, verbose_name="che cosa")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("person", "a una persona"),
                            ("office", "a un ufficio"),
                            ("network", "alla gestione della rete"),
                            ("stays", "resta all'ufficio"),
                            ("kept", "resta alla persona"),
                            ("stopped", "cessa"),
                        ],
                        max_length=8,
                        verbose_name="come",
                    ),
                ),
                ("count", models.PositiveIntegerField(verbose_name="quante")),
                ("titles", models.JSONField(blank=True, default=list)),
                ("private", models.BooleanField(default=False)),
                (
                    "hand_over",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="registry.handover",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.office",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "riga della ricevuta",
                "verbose_name_plural": "righe della ricevuta",
                "db_table": "registry_hand_over_line",
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("done_at", None)),
                fields=("mandate",),
                name="one_open_hand_over_per_mandate",
            ),
        ),
    ]
