"""Migrations keep an empty database quick to make: see docs/decisions/0002."""

import pytest
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.models import CreateModel

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


@pytest.mark.parametrize("name", sorted(MIGRATIONS))
def test_a_migration_creates_its_tables_whole(name: str) -> None:
    operations = MIGRATIONS[name].operations
    created = {each.name_lower for each in operations if isinstance(each, CreateModel)}

    added_later = [each.describe() for each in operations if getattr(each, "model_name", "").lower() in created]

    assert added_later == CLOSES_A_CIRCLE.get(name, [])
