"""Breaking laws past every operation: rows copied with one thing wrong, and plain SQL."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction


def refused(law: str, act: Callable[[], object]) -> None:
    """``act`` is refused by the law of this name, at once or when its transaction would be committed."""

    def commit() -> None:
        with transaction.atomic():
            act()
            run("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError, match=law):
        commit()


def run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def copy(model: type[models.Model], **change: Any) -> Callable[[], object]:
    """An insert of a copy of the table's first row with ``change``, unvalidated, under a new key and uid."""

    def insert() -> object:
        row: Any = model._base_manager.order_by("pk")[0]
        row.pk = None
        if hasattr(row, "uid"):
            row.uid = uuid.uuid4()
        for name, value in change.items():
            setattr(row, name, value)
        return model._base_manager.bulk_create([row])

    return insert


def plain_sql(statement: str, *values: Any) -> Callable[[], object]:
    return lambda: run(statement, *values)


def check_constraints(app: str) -> set[str]:
    """The names of the checks on an app's tables, without those that spell "not negative" for a column's type."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT conname FROM pg_constraint
            WHERE contype = 'c' AND conrelid::regclass::text LIKE %s AND conname NOT LIKE '%%\\_check'
            """,
            [f"{app}\\_%"],
        )
        return {name for (name,) in cursor.fetchall()}


def tables_with_trigger(app: str, trigger: str) -> set[str]:
    """The tables of an app that carry a trigger of this name."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT tgrelid::regclass::text FROM pg_trigger
            WHERE NOT tgisinternal AND tgname LIKE %s AND tgrelid::regclass::text LIKE %s
            """,
            [f"pgtrigger\\_{trigger}\\_%", f"{app}\\_%"],
        )
        return {name for (name,) in cursor.fetchall()}


def history_tables(app: str) -> set[str]:
    """The tables that keep what rows of an app's tables were before they changed."""
    found = apps.get_app_config(app).get_models()
    return {model._meta.db_table for model in found if model.__name__.endswith("Event")}
