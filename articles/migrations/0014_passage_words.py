"""The index of evidence search, filled with the passages that are stored.

The foreign keys and the index are made when the rows are in, by Django at the end of the migration.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

from articles.migrating import Together
from articles.search.configuration import FOLDED, configuration_for, readable
from articles.search.folding import vector_of

AT_ONCE = 1_000
STEMMED = """
INSERT INTO articles_passagewords (passage_id, snapshot_id, configuration, length, words)
SELECT id, snapshot_id, %s, coalesce((SELECT sum(cardinality(positions)) FROM unnest(vector)), 0), vector
FROM (
    SELECT p.id, p.snapshot_id, to_tsvector(%s::regconfig, given.text) AS vector
    FROM unnest(%s::bigint[], %s::text[]) AS given (id, text) JOIN articles_passage p ON p.id = given.id
    OFFSET 0
) made
"""
VECTORS = """
INSERT INTO articles_passagewords (passage_id, snapshot_id, configuration, length, words)
SELECT p.id, p.snapshot_id, %s, given.length, given.vector::tsvector
FROM unnest(%s::bigint[], %s::text[], %s::int[]) AS given (id, vector, length) JOIN articles_passage p ON p.id = given.id
"""
COUNT = """
INSERT INTO articles_passagecount (configuration, passages, mean_length, counted_at)
SELECT configuration, 0, 1, NULL FROM articles_passagewords GROUP BY configuration
"""
# Vectors are read one after the other while passages are scored: they stay in the row as long as a page has room.
KEEP_IN_THE_ROW = "ALTER TABLE articles_passagewords SET (toast_tuple_target = 8160)"


def index_what_is_stored(apps, schema_editor):
    passage = apps.get_model("articles", "Passage")
    last = 0
    while True:
        chunk = list(
            passage.objects.filter(pk__gt=last)
            .order_by("pk")
            .values_list("pk", "text", "snapshot__source__language")[:AT_ONCE]
        )
        if not chunk:
            break
        by_configuration = {}
        for key, text, language in chunk:
            by_configuration.setdefault(configuration_for(language, text), []).append((key, text))
        with schema_editor.connection.cursor() as cursor:
            for configuration, alike in by_configuration.items():
                keys = [key for key, _ in alike]
                if configuration == FOLDED:
                    vectors = [vector_of(text) for _, text in alike]
                    written, lengths = [vector for vector, _ in vectors], [length for _, length in vectors]
                    cursor.execute(VECTORS, [configuration, keys, written, lengths])
                else:
                    texts = [readable(text) for _, text in alike]
                    cursor.execute(STEMMED, [configuration, configuration, keys, texts])
        last = chunk[-1][0]
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(COUNT)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0013_draft_blocks"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="PassageCount",
                    fields=[
                        (
                            "configuration",
                            models.CharField(
                                max_length=20, primary_key=True, serialize=False, verbose_name="how words are read"
                            ),
                        ),
                        ("passages", models.PositiveIntegerField(default=0, verbose_name="passages")),
                        ("mean_length", models.FloatField(default=1.0, verbose_name="mean length in words")),
                        ("counted_at", models.DateTimeField(null=True, verbose_name="counted")),
                    ],
                    options={
                        "verbose_name": "count of passages",
                        "verbose_name_plural": "counts of passages",
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="LexemeCount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("configuration", models.CharField(max_length=20, verbose_name="how words are read")),
                        ("lexeme", models.TextField(verbose_name="lexeme")),
                        ("passages", models.PositiveIntegerField(verbose_name="passages")),
                    ],
                    options={
                        "verbose_name": "count of a lexeme",
                        "verbose_name_plural": "counts of lexemes",
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(fields=("configuration", "lexeme"), name="lexeme_is_counted_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PassageWords",
                    fields=[
                        (
                            "passage",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="indexed",
                                serialize=False,
                                to="articles.passage",
                                verbose_name="passage",
                            ),
                        ),
                        ("configuration", models.CharField(max_length=20, verbose_name="how its words are read")),
                        ("length", models.PositiveIntegerField(verbose_name="length in words")),
                        ("words", django.contrib.postgres.search.SearchVectorField(verbose_name="words")),
                        (
                            "snapshot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="articles.snapshot",
                                verbose_name="snapshot",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "words of a passage",
                        "verbose_name_plural": "words of passages",
                        "default_permissions": (),
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=True,
                                fields=["words"],
                                gin_pending_list_limit=1024,
                                name="passage_words_by_lexeme",
                            ),
                        ],
                    },
                ),
            ]
        ),
        migrations.RunSQL(KEEP_IN_THE_ROW, migrations.RunSQL.noop),
        migrations.RunPython(index_what_is_stored, migrations.RunPython.noop),
    ]
