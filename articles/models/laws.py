"""Laws that hold for rows of many tables, as triggers: PostgreSQL keeps them for bulk writes and plain SQL too."""

import pgtrigger
from django.db.models import CharField, CheckConstraint, F, Func, Value
from django.db.models.lookups import Exact


def never_deleted() -> pgtrigger.Trigger:
    """Rows are retracted, ended or revoked, never removed."""
    return pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)


def append_only(*, deletes: bool = False) -> pgtrigger.Trigger:
    """Rows are written once; with ``deletes`` they may expire, but never change."""
    operation = pgtrigger.Update if deletes else pgtrigger.Update | pgtrigger.Delete
    return pgtrigger.Protect(name="append_only", operation=operation)


def counted_versions() -> pgtrigger.Trigger:
    """Every change raises ``version`` by exactly one and leaves ``uid`` alone.

    A writer who did not state the version it saw cannot slip a change past those who did.
    """
    return pgtrigger.Trigger(
        name="counted_versions",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=pgtrigger.Func(
            """
            IF NEW.uid <> OLD.uid THEN
                RAISE EXCEPTION 'the uid of a row never changes' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF NEW.version <> OLD.version + 1 THEN
                RAISE EXCEPTION 'version % must follow %', NEW.version, OLD.version
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
            """
        ),
    )


def hashed(field: str, *, bytes_already: bool = False) -> Func:
    """The SHA-256 of a column in lower-case hex, computed by the database: of its UTF-8, or of the bytes."""
    content = F(field) if bytes_already else Func(F(field), Value("UTF8"), function="convert_to")
    return Func(
        Func(content, function="sha256"),
        Value("hex"),
        function="encode",
        output_field=CharField(max_length=64),
    )


def verified_hash(field: str, hash_field: str, *, name: str, bytes_already: bool = False) -> CheckConstraint:
    """``hash_field`` is the SHA-256 of ``field``; a text that changed on its way cannot be stored."""
    return CheckConstraint(condition=Exact(F(hash_field), hashed(field, bytes_already=bytes_already)), name=name)
