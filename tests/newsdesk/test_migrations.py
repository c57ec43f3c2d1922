"""Migrations keep an empty database quick to make: see docs/decisions/0002."""

from collections.abc import Iterable

import pytest
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import CreateModel, ModelOperation
from django.db.migrations.state import ProjectState

from articles.migrating import Together

pytestmark = pytest.mark.django_db

MOST_ALONE = 3  # of operations on models in a migration outside what is done together
OURS = {"annotations", "articles", "newsdesk"}
CLOSES_A_CIRCLE = {
    # An article names its newest revision, a revision its article; and a trigger watches that column.
    "articles.0001_initial": ["Add field head to article", "Create trigger spans_stand_on_the_head on model article"]
}
MIGRATIONS = {
    f"{app}.{name}": migration
    for (app, name), migration in MigrationLoader(None).disk_migrations.items()
    if app in OURS
}


def _one_by_one(operations: Iterable[Operation]) -> list[Operation]:
    return [each for one in operations for each in (one.operations if isinstance(one, Together) else [one])]


@pytest.mark.parametrize("name", sorted(MIGRATIONS))
def test_a_migration_creates_its_tables_whole(name: str) -> None:
    operations = _one_by_one(MIGRATIONS[name].operations)
    created = {each.name_lower for each in operations if isinstance(each, CreateModel)}

    added_later = [each.describe() for each in operations if getattr(each, "model_name", "").lower() in created]

    assert added_later == CLOSES_A_CIRCLE.get(name, [])


@pytest.mark.parametrize("name", sorted(MIGRATIONS))
def test_what_a_migration_does_to_models_is_done_together(name: str) -> None:
    operations = MIGRATIONS[name].operations

    alone = [each.describe() for each in operations if isinstance(each, ModelOperation | FieldOperation)]

    assert len(alone) <= MOST_ALONE


def test_what_is_done_together_is_taken_back_from_the_last_to_the_first() -> None:
    together = Together(
        [
            CreateModel("Shelf", fields=[("id", models.AutoField(primary_key=True))]),
            CreateModel(
                "Book",
                fields=[
                    ("id", models.AutoField(primary_key=True)),
                    ("shelf", models.ForeignKey("articles.shelf", on_delete=models.CASCADE)),
                ],
            ),
        ]
    )
    before, after = ProjectState(), ProjectState()
    together.state_forwards("articles", after)

    with connection.schema_editor() as editor:
        together.database_forwards("articles", editor, before, after)
    there = set(connection.introspection.table_names())
    with connection.schema_editor() as editor:
        together.database_backwards("articles", editor, after, before)

    assert {"articles_shelf", "articles_book"} <= there
    assert not {"articles_shelf", "articles_book"} & set(connection.introspection.table_names())


def test_models_are_drawn_once_for_all_that_is_done_together() -> None:
    state = ProjectState()
    _ = state.apps
    together = Together([CreateModel(name, fields=[("id", models.AutoField(primary_key=True))]) for name in "ABC"])

    together.state_forwards("articles", state)

    assert "apps" not in state.__dict__
    assert {"a", "b", "c"} <= set(state.apps.all_models["articles"])
