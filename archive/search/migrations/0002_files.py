"""The index moves from a table of the database into files, and whole builds of it are kept track of."""

import django.db.models.deletion
from django.db import migrations, models


def drop_table(apps, schema_editor):
    if schema_editor.connection.vendor in {"sqlite", "postgresql"}:
        schema_editor.execute("DROP TABLE IF EXISTS archive_search_index")


class Migration(migrations.Migration):
    dependencies = [("archive_search", "0001_initial")]

    operations = [
        migrations.RunPython(drop_table, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Build",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "running"), ("done", "done"), ("abandoned", "abandoned")],
                        default="running",
                        max_length=20,
                    ),
                ),
                ("after", models.BigIntegerField(default=0)),
                ("written", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("failed", models.PositiveIntegerField(default=0)),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("moved_at", models.DateTimeField(auto_now=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["running", "done", "abandoned"])),
                        name="archive_search_build_state",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")), fields=("state",), name="archive_search_one_build"
                    ),
                ],
            },
        ),
    ]
