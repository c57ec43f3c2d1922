"""How much two rows have in common whose arrays of keys are indexed."""

from collections.abc import Sequence

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, IntegerField, Value


class SharedKeys(Func):
    """How many numbers an array column and some keys have in common; each number is in both once."""

    template = "(SELECT count(*) FROM (SELECT unnest(%(expressions)s)) AS shared)"
    arg_joiner = ") INTERSECT SELECT unnest("
    output_field = IntegerField()

    @classmethod
    def of(cls, column: str, keys: Sequence[int]) -> "SharedKeys":
        return cls(F(column), Value(list(keys), output_field=ArrayField(IntegerField())))
