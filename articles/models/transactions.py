"""What was written since somebody last looked, told by the transactions that PostgreSQL notes on every row.

Every row carries the number of the transaction that wrote it (``xmin``), so that nothing has to be written down for a
change to be noticed later, and no table that many write to stands in anybody's way. Why this and no other cursor:
docs/decisions/0015.
"""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, Expression, Func

# A number that all transactions are below that this statement can see. Asked once for a statement, being a subquery.
NEXT = "(SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint)"
# Rows keep the lower 32 bits; counted back from the next one, the upper ones follow.
LOWER = 4_294_967_295


class WrittenIn(Func):
    """The number of the transaction that wrote a row last: ``WrittenIn("pk")``.

    Rows untouched for more than four thousand million transactions may be taken for new ones, never the reverse.
    """

    output_field = BigIntegerField()

    def as_sql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, tuple[Any, ...]]:  # type: ignore[override]
        [key] = self.get_source_expressions()
        row = f"{compiler.quote_name_unless_alias(key.alias)}.xmin::text::bigint"
        return f"({NEXT} - (({NEXT} - {row}) & {LOWER}))", ()


class Horizon(Expression):
    """From which transaction on there may be something that this statement does not see yet.

    What is written later, and what is being written now, has a number that is not below it.
    """

    output_field = BigIntegerField()

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "pg_snapshot_xmin(pg_current_snapshot())::text::bigint", ()
