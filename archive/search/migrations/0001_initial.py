"""The index, as a table of the database's own kind, and the documents that it has to catch up with."""

import django.db.models.deletion
from django.db import migrations, models

# The engines explain why: archive.search.engines.sqlite and .postgresql.
CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE archive_search_index USING fts5("
        "title, summary, text, names, \"references\", stamps, tokenize = 'ascii')",
    ],
    "postgresql": [
        "CREATE TABLE archive_search_index "
        "(document_id bigint PRIMARY KEY, terms tsvector NOT NULL, words text NOT NULL)",
        "CREATE INDEX archive_search_index_terms ON archive_search_index USING gin (terms)",
    ],
}


def create_index(apps, schema_editor):
    for statement in CREATE.get(schema_editor.connection.vendor, []):
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor in CREATE:
        schema_editor.execute("DROP TABLE archive_search_index")


class Migration(migrations.Migration):
    initial = True

    dependencies = [("archive", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="archive.document"
                    ),
                ),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.RunPython(create_index, drop_index),
    ]
