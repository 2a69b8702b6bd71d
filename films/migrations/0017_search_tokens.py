from django.db import migrations

from films.search import index

# What there was before: indexes of the bare expressions.
BEFORE = {"films_search_all": index.COLUMNS, "films_search_headings": index.HEADINGS}


def keep_tokens(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in BEFORE:
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")
        index.install(schema_editor.connection)


def forget_tokens(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        index.uninstall(schema_editor.connection)
        for name, columns in BEFORE.items():
            schema_editor.execute(
                f"CREATE INDEX IF NOT EXISTS {name} ON films_searchdocument USING gin ({index.vector(columns)})", None
            )


class Migration(migrations.Migration):
    dependencies = [
        ("films", "0016_lists_narrowed"),
    ]

    operations = [
        migrations.RunPython(keep_tokens, forget_tokens),
    ]
