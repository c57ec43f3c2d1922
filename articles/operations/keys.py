from __future__ import annotations

from django.db import connection
from django.db.models import Model


def next_key(model: type[Model]) -> int:
    """The next key of a table, taken in advance because two rows name each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])
        return int(cursor.fetchone()[0])
