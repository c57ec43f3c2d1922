import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from articles.migrating import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("articles", "0001_initial"),
        ("newsdesk", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Comment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="made")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="articles.article",
                            ),
                        ),
                        (
                            "span",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="articles.span",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="annotations.comment",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="text")),
                        (
                            "resolved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("resolved_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "comment",
                        "verbose_name_plural": "comments",
                        "default_permissions": (),
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("text__regex", "\\S")), name="comment_has_text"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("resolved_at", None), ("resolved_by", None)),
                                    models.Q(("resolved_at__isnull", False), ("resolved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="comment_resolution_has_a_person",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="counted_versions",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF NEW.uid <> OLD.uid THEN\n                RAISE EXCEPTION 'the uid of a row never changes' USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF NEW.version <> OLD.version + 1 THEN\n                RAISE EXCEPTION 'version % must follow %', NEW.version, OLD.version\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NEW;\n            ",
                                    hash="84bcf56f645a00f1f32c29f11aba80fcdce5c397",
                                    operation="UPDATE",
                                    pgid="pgtrigger_counted_versions_86b51",
                                    table="annotations_comment",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_deleted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="69ffe197ffa9e76551df61768d76982711ac56f9",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_deleted_e6d39",
                                    table="annotations_comment",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="changed_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annotations_commentevent" ("article_id", "created_at", "created_by_id", "id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resolved_at", "resolved_by_id", "span_id", "text", "uid", "version") SELECT old_values."article_id", old_values."created_at", old_values."created_by_id", old_values."id", old_values."parent_id", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."resolved_at", old_values."resolved_by_id", old_values."span_id", old_values."text", old_values."uid", old_values."version" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                                    hash="4de8f6caf2c5e9e081293f4ac2c6a2a184970732",
                                    level="STATEMENT",
                                    operation="UPDATE",
                                    pgid="pgtrigger_changed_update_bc179",
                                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                                    table="annotations_comment",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExportFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="made")),
                        ("format", models.CharField(max_length=40, verbose_name="format")),
                        ("filters", models.JSONField(default=dict, verbose_name="filters")),
                        ("rows", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="rows")),
                        ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                        ("expires_at", models.DateTimeField(verbose_name="expires")),
                    ],
                    options={
                        "verbose_name": "export file",
                        "verbose_name_plural": "export files",
                        "ordering": ["-created_at"],
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="VerdictScale",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(unique=True)),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                    ],
                    options={
                        "verbose_name": "verdict scale",
                        "verbose_name_plural": "verdict scales",
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="Codebook",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(editable=False, unique=True)),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("number", models.PositiveIntegerField(verbose_name="version")),
                        ("created_at", models.DateTimeField(verbose_name="made")),
                    ],
                    options={
                        "verbose_name": "codebook",
                        "verbose_name_plural": "codebooks",
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(fields=("name", "number"), name="codebook_version_once")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="4675e0c7e5076c3a7bcf410fcc5a80a6e4e8515f",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_0d27a",
                                    table="annotations_codebook",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BiasCategory",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(editable=False, unique=True)),
                        (
                            "codebook",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="categories",
                                to="annotations.codebook",
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                        ("slug", models.SlugField(verbose_name="slug")),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("family", models.CharField(max_length=40, verbose_name="family")),
                        ("definition", models.TextField(verbose_name="definition")),
                        (
                            "levels",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[("span", "words"), ("sentence", "sentence"), ("article", "whole article")],
                                    max_length=8,
                                ),
                                size=None,
                                verbose_name="levels",
                            ),
                        ),
                        ("maps_to", models.TextField(blank=True, verbose_name="in other codebooks")),
                    ],
                    options={
                        "verbose_name": "bias category",
                        "verbose_name_plural": "bias categories",
                        "ordering": ["codebook", "order"],
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("codebook", "slug"), name="category_slug_once_per_codebook"
                            ),
                            models.UniqueConstraint(
                                fields=("codebook", "order"), name="category_order_once_per_codebook"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("levels__contained_by", ["span", "sentence", "article"])),
                                name="category_levels_are_known",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="3d058c5a94e7cfede91feaee472948fb9e9ca9dc",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_5eb4c",
                                    table="annotations_biascategory",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="annotations.comment",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        ("id", models.BigIntegerField()),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="made")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "article",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="articles.article",
                            ),
                        ),
                        (
                            "span",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="articles.span",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="annotations.comment",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="text")),
                        (
                            "resolved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("resolved_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="f8bff14d3e4dfda9b588bcde00ff296ee51475dc",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_810ae",
                                    table="annotations_commentevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Project",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="made")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("slug", models.SlugField(unique=True)),
                        ("is_default", models.BooleanField(default=False, verbose_name="the everyday desk")),
                        (
                            "codebook",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="projects",
                                to="annotations.codebook",
                            ),
                        ),
                        ("guidelines", models.TextField(blank=True, verbose_name="guidelines")),
                        (
                            "suggestion_policy",
                            models.CharField(
                                choices=[
                                    ("none", "no suggestions"),
                                    ("listed", "only the listed rules"),
                                    ("all", "every suggestion"),
                                ],
                                default="all",
                                max_length=8,
                            ),
                        ),
                        (
                            "suggestion_rules",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=100), blank=True, default=list, size=None
                            ),
                        ),
                        ("is_blind", models.BooleanField(default=False, verbose_name="blind")),
                    ],
                    options={
                        "verbose_name": "project",
                        "verbose_name_plural": "projects",
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_default", True)),
                                fields=("is_default",),
                                name="project_one_everyday_desk",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("is_default", False), ("is_blind", False), _connector="OR"),
                                name="project_everyday_desk_is_open",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="counted_versions",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF NEW.uid <> OLD.uid THEN\n                RAISE EXCEPTION 'the uid of a row never changes' USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF NEW.version <> OLD.version + 1 THEN\n                RAISE EXCEPTION 'version % must follow %', NEW.version, OLD.version\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NEW;\n            ",
                                    hash="8ef5b4ec087c922d5b2dcd4c4017c3306d7dcd3b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_counted_versions_b55ac",
                                    table="annotations_project",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_deleted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="e36f064cfc9f7f3e60250834de67852a2b1768bd",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_deleted_66661",
                                    table="annotations_project",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="changed_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annotations_projectevent" ("codebook_id", "created_at", "created_by_id", "guidelines", "id", "is_blind", "is_default", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "suggestion_policy", "suggestion_rules", "uid", "version") SELECT old_values."codebook_id", old_values."created_at", old_values."created_by_id", old_values."guidelines", old_values."id", old_values."is_blind", old_values."is_default", old_values."name", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."slug", old_values."suggestion_policy", old_values."suggestion_rules", old_values."uid", old_values."version" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                                    hash="a29558d1051b8f6dc5b5026367ace3274114a09d",
                                    level="STATEMENT",
                                    operation="UPDATE",
                                    pgid="pgtrigger_changed_update_677e7",
                                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                                    table="annotations_project",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rating",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "scale",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="annotations.verdictscale",
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                        ("slug", models.SlugField()),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        (
                            "verdicts",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("supported", "Supported"),
                                        ("refuted", "Refuted"),
                                        ("conflicting", "Conflicting evidence"),
                                        ("not_enough_evidence", "Not enough evidence"),
                                    ],
                                    max_length=20,
                                ),
                                size=None,
                                verbose_name="stands for",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rating",
                        "verbose_name_plural": "ratings",
                        "ordering": ["scale", "order"],
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(fields=("scale", "slug"), name="rating_slug_once_per_scale"),
                            models.UniqueConstraint(fields=("scale", "order"), name="rating_order_once_per_scale"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "verdicts__contained_by",
                                        ["supported", "refuted", "conflicting", "not_enough_evidence"],
                                    ),
                                    models.Q(("verdicts", []), _negated=True),
                                ),
                                name="rating_stands_for_known_verdicts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PinnedRevision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pinned_revisions",
                                to="annotations.project",
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.revision"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pinned revision",
                        "verbose_name_plural": "pinned revisions",
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(fields=("project", "revision"), name="revision_pinned_once")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="e6d656a07db1148ada51760820ccc3962b091d37",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_202d5",
                                    table="annotations_pinnedrevision",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProjectEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="annotations.project",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        ("id", models.BigIntegerField()),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="made")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("slug", models.SlugField(db_index=False)),
                        ("is_default", models.BooleanField(default=False, verbose_name="the everyday desk")),
                        (
                            "codebook",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="annotations.codebook",
                            ),
                        ),
                        ("guidelines", models.TextField(blank=True, verbose_name="guidelines")),
                        (
                            "suggestion_policy",
                            models.CharField(
                                choices=[
                                    ("none", "no suggestions"),
                                    ("listed", "only the listed rules"),
                                    ("all", "every suggestion"),
                                ],
                                default="all",
                                max_length=8,
                            ),
                        ),
                        (
                            "suggestion_rules",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=100), blank=True, default=list, size=None
                            ),
                        ),
                        ("is_blind", models.BooleanField(default=False, verbose_name="blind")),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="43f8261cd86509b290ea16412e0f0e5c19a20626",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_cd8f6",
                                    table="annotations_projectevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reading",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="made")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readings",
                                to="annotations.project",
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.revision"
                            ),
                        ),
                        (
                            "codebook",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="annotations.codebook"
                            ),
                        ),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted")),
                    ],
                    options={
                        "verbose_name": "reading",
                        "verbose_name_plural": "readings",
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("project", "revision", "created_by"), name="reading_one_per_person"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="counted_versions",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF NEW.uid <> OLD.uid THEN\n                RAISE EXCEPTION 'the uid of a row never changes' USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF NEW.version <> OLD.version + 1 THEN\n                RAISE EXCEPTION 'version % must follow %', NEW.version, OLD.version\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NEW;\n            ",
                                    hash="c1ca11ba5c95af527493947861ace0fd432bc207",
                                    operation="UPDATE",
                                    pgid="pgtrigger_counted_versions_c6bdc",
                                    table="annotations_reading",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_deleted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="c3241e7cd5c4a000dc262ebb6eb2792a884ead58",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_deleted_dcbfa",
                                    table="annotations_reading",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="changed_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annotations_readingevent" ("codebook_id", "created_at", "created_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "revision_id", "submitted_at", "uid", "version") SELECT old_values."codebook_id", old_values."created_at", old_values."created_by_id", old_values."id", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."project_id", old_values."revision_id", old_values."submitted_at", old_values."uid", old_values."version" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                                    hash="e482872a47fa913347b8068450416ffdd56b77ae",
                                    level="STATEMENT",
                                    operation="UPDATE",
                                    pgid="pgtrigger_changed_update_b705e",
                                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                                    table="annotations_reading",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assignment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="made")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="annotations.project",
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="articles.article",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("task", models.CharField(blank=True, max_length=300, verbose_name="task")),
                        ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due")),
                        ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                    ],
                    options={
                        "verbose_name": "assignment",
                        "verbose_name_plural": "assignments",
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("done_at", None), ("ended_at", None)),
                                fields=("project", "article", "person"),
                                name="assignment_open_once",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="counted_versions",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF NEW.uid <> OLD.uid THEN\n                RAISE EXCEPTION 'the uid of a row never changes' USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF NEW.version <> OLD.version + 1 THEN\n                RAISE EXCEPTION 'version % must follow %', NEW.version, OLD.version\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NEW;\n            ",
                                    hash="1acc08f8b9f4db9109a6c619b94059efdb218d8b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_counted_versions_f43a3",
                                    table="annotations_assignment",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_deleted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="f44e6f4ceb3b7da876792145df15177780e79331",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_deleted_cd49b",
                                    table="annotations_assignment",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="changed_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annotations_assignmentevent" ("article_id", "created_at", "created_by_id", "done_at", "due_at", "ended_at", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "task", "uid", "version") SELECT old_values."article_id", old_values."created_at", old_values."created_by_id", old_values."done_at", old_values."due_at", old_values."ended_at", old_values."id", old_values."person_id", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."project_id", old_values."task", old_values."uid", old_values."version" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                                    hash="1fdfad2c2a25850db8b0ff12089f939b03c3dbae",
                                    level="STATEMENT",
                                    operation="UPDATE",
                                    pgid="pgtrigger_changed_update_3cd01",
                                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                                    table="annotations_assignment",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BiasExample",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="made")),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="examples",
                                to="annotations.biascategory",
                            ),
                        ),
                        ("words", models.TextField(verbose_name="words")),
                        ("is_positive", models.BooleanField(default=True, verbose_name="an instance of it")),
                    ],
                    options={
                        "verbose_name": "example",
                        "verbose_name_plural": "examples",
                        "default_permissions": (),
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="b76f60fb3bfb234f95f55741beb5037c20d88292",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_5097b",
                                    table="annotations_biasexample",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BiasTag",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="made")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("human", "made by a person"),
                                    ("suggested", "suggested, not decided"),
                                    ("accepted", "suggested, accepted"),
                                    ("accepted_in_bulk", "suggested, accepted in bulk"),
                                    ("corrected", "suggested, corrected"),
                                    ("rejected", "suggested, rejected"),
                                ],
                                default="human",
                                max_length=16,
                                verbose_name="origin",
                            ),
                        ),
                        ("proposer", models.CharField(blank=True, max_length=100, verbose_name="proposed by")),
                        ("proposer_version", models.CharField(blank=True, max_length=40)),
                        ("confidence", models.FloatField(blank=True, null=True, verbose_name="confidence")),
                        ("rule", models.CharField(blank=True, max_length=100, verbose_name="rule")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "retracted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("retracted_at", models.DateTimeField(blank=True, null=True, verbose_name="retracted")),
                        (
                            "retraction_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="reason of retraction"),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bias_tags",
                                to="annotations.project",
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bias_tags",
                                to="articles.article",
                            ),
                        ),
                        (
                            "span",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bias_tag",
                                to="articles.span",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[("span", "words"), ("sentence", "sentence"), ("article", "whole article")],
                                default="span",
                                max_length=8,
                                verbose_name="level",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tags",
                                to="annotations.biascategory",
                            ),
                        ),
                        (
                            "severity",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "mild word"),
                                    (2, "shifts the reading"),
                                    (3, "misleads on a material fact"),
                                ],
                                verbose_name="severity",
                            ),
                        ),
                        (
                            "polarity",
                            models.SmallIntegerField(
                                choices=[(-1, "against"), (0, "neither"), (1, "in favour of")],
                                default=0,
                                verbose_name="polarity",
                            ),
                        ),
                        ("target", models.CharField(blank=True, max_length=200, verbose_name="towards")),
                        (
                            "voice",
                            models.CharField(
                                choices=[
                                    ("author", "the author"),
                                    ("paraphrase", "a paraphrase"),
                                    ("quote", "a quotation"),
                                    ("structure", "the structure of the piece"),
                                ],
                                default="author",
                                max_length=10,
                                verbose_name="voice",
                            ),
                        ),
                        ("neutral_alternative", models.TextField(blank=True, verbose_name="neutral alternative")),
                    ],
                    options={
                        "verbose_name": "bias tag",
                        "verbose_name_plural": "bias tags",
                        "abstract": False,
                        "default_permissions": (),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("origin", "human"), ("proposer", "")),
                                    models.Q(
                                        models.Q(("origin", "human"), _negated=True),
                                        models.Q(("proposer", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="annotations_biastag_machine_has_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at", None),
                                        ("decided_by", None),
                                        ("origin__in", ["human", "suggested"]),
                                    ),
                                    models.Q(
                                        models.Q(("origin__in", ["human", "suggested"]), _negated=True),
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="annotations_biastag_decision_has_a_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("retracted_at", None), ("retracted_by", None)),
                                    models.Q(("retracted_at__isnull", False), ("retracted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="annotations_biastag_retraction_has_a_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confidence", None),
                                    models.Q(("confidence__gte", 0), ("confidence__lte", 1)),
                                    _connector="OR",
                                ),
                                name="annotations_biastag_confidence_is_a_share",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("level", "article"), ("span", None)),
                                    models.Q(models.Q(("level", "article"), _negated=True), ("span__isnull", False)),
                                    _connector="OR",
                                ),
                                name="tag_on_words_has_a_span",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__in", ["span", "sentence", "article"])),
                                name="tag_level_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("severity__in", [1, 2, 3])), name="tag_severity_is_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("polarity__in", [-1, 0, 1])), name="tag_polarity_is_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("voice__in", ["author", "paraphrase", "quote", "structure"])),
                                name="tag_voice_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("polarity", 0), models.Q(("target", ""), _negated=True), _connector="OR"
                                ),
                                name="tag_polarity_has_a_target",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="counted_versions",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF NEW.uid <> OLD.uid THEN\n                RAISE EXCEPTION 'the uid of a row never changes' USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF NEW.version <> OLD.version + 1 THEN\n                RAISE EXCEPTION 'version % must follow %', NEW.version, OLD.version\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NEW;\n            ",
                                    hash="fbb2634914bc191cb46956a4ea4718b10de3b180",
                                    operation="UPDATE",
                                    pgid="pgtrigger_counted_versions_bfb1f",
                                    table="annotations_biastag",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_deleted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="40b3f6cf946e650d2190c551ad857923f18fe453",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_deleted_37fb8",
                                    table="annotations_biastag",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="changed_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annotations_biastagevent" ("article_id", "category_id", "confidence", "created_at", "created_by_id", "decided_at", "decided_by_id", "id", "level", "neutral_alternative", "note", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "polarity", "project_id", "proposer", "proposer_version", "retracted_at", "retracted_by_id", "retraction_reason", "rule", "severity", "span_id", "target", "uid", "version", "voice") SELECT old_values."article_id", old_values."category_id", old_values."confidence", old_values."created_at", old_values."created_by_id", old_values."decided_at", old_values."decided_by_id", old_values."id", old_values."level", old_values."neutral_alternative", old_values."note", old_values."origin", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."polarity", old_values."project_id", old_values."proposer", old_values."proposer_version", old_values."retracted_at", old_values."retracted_by_id", old_values."retraction_reason", old_values."rule", old_values."severity", old_values."span_id", old_values."target", old_values."uid", old_values."version", old_values."voice" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                                    hash="dfe909d02c7c6008b11b879607ed6ad4775f9cf3",
                                    level="STATEMENT",
                                    operation="UPDATE",
                                    pgid="pgtrigger_changed_update_00382",
                                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                                    table="annotations_biastag",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Claim",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="made")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("human", "made by a person"),
                                    ("suggested", "suggested, not decided"),
                                    ("accepted", "suggested, accepted"),
                                    ("accepted_in_bulk", "suggested, accepted in bulk"),
                                    ("corrected", "suggested, corrected"),
                                    ("rejected", "suggested, rejected"),
                                ],
                                default="human",
                                max_length=16,
                                verbose_name="origin",
                            ),
                        ),
                        ("proposer", models.CharField(blank=True, max_length=100, verbose_name="proposed by")),
                        ("proposer_version", models.CharField(blank=True, max_length=40)),
                        ("confidence", models.FloatField(blank=True, null=True, verbose_name="confidence")),
                        ("rule", models.CharField(blank=True, max_length=100, verbose_name="rule")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "retracted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("retracted_at", models.DateTimeField(blank=True, null=True, verbose_name="retracted")),
                        (
                            "retraction_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="reason of retraction"),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="annotations.project",
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="articles.article",
                            ),
                        ),
                        (
                            "span",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="claim", to="articles.span"
                            ),
                        ),
                        (
                            "quote",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="articles.quote",
                            ),
                        ),
                        ("canonical", models.TextField(verbose_name="restatement")),
                        (
                            "claimant_kind",
                            models.CharField(
                                choices=[
                                    ("author", "the article’s own voice"),
                                    ("speaker", "a speaker"),
                                    ("unattributed", "unattributed"),
                                    ("unknown", "unknown"),
                                ],
                                default="unknown",
                                max_length=12,
                                verbose_name="claimant",
                            ),
                        ),
                        (
                            "speaker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="articles.speaker",
                            ),
                        ),
                        ("claim_date", models.DateField(blank=True, null=True, verbose_name="said on")),
                        (
                            "date_basis",
                            models.CharField(
                                choices=[
                                    ("stated", "stated in the text"),
                                    ("inferred", "inferred"),
                                    ("unknown", "unknown"),
                                ],
                                default="unknown",
                                max_length=8,
                                verbose_name="date is",
                            ),
                        ),
                        (
                            "date_note",
                            models.CharField(blank=True, max_length=500, verbose_name="how the date is known"),
                        ),
                        (
                            "claim_type",
                            models.CharField(
                                choices=[
                                    ("event", "event"),
                                    ("numerical", "number"),
                                    ("quote-attribution", "who said it"),
                                    ("quote-wording", "wording of a quote"),
                                    ("causal", "cause"),
                                    ("position", "position"),
                                    ("prediction", "prediction"),
                                    ("legal", "law"),
                                    ("comparison", "comparison"),
                                    ("identity", "identity or office"),
                                ],
                                default="event",
                                max_length=20,
                                verbose_name="type",
                            ),
                        ),
                        (
                            "checkable",
                            models.CharField(
                                choices=[("yes", "yes"), ("partly", "partly"), ("no", "no")],
                                default="yes",
                                max_length=6,
                                verbose_name="checkable",
                            ),
                        ),
                        ("checkable_reason", models.CharField(blank=True, max_length=500, verbose_name="why not")),
                        (
                            "priority",
                            models.PositiveSmallIntegerField(
                                choices=[(0, "none"), (1, "low"), (2, "medium"), (3, "high")],
                                default=2,
                                verbose_name="priority",
                            ),
                        ),
                        (
                            "risk",
                            models.CharField(
                                choices=[("normal", "normal"), ("high", "high")],
                                default="normal",
                                max_length=6,
                                verbose_name="risk",
                            ),
                        ),
                        ("risk_reason", models.CharField(blank=True, max_length=500, verbose_name="why high")),
                        (
                            "same_as",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="repeats",
                                to="annotations.claim",
                            ),
                        ),
                        (
                            "words",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.contrib.postgres.search.SearchVector("canonical", config="simple"),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "claim",
                        "verbose_name_plural": "claims",
                        "abstract": False,
                        "default_permissions": (),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("origin", "human"), ("proposer", "")),
                                    models.Q(
                                        models.Q(("origin", "human"), _negated=True),
                                        models.Q(("proposer", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="annotations_claim_machine_has_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at", None),
                                        ("decided_by", None),
                                        ("origin__in", ["human", "suggested"]),
                                    ),
                                    models.Q(
                                        models.Q(("origin__in", ["human", "suggested"]), _negated=True),
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="annotations_claim_decision_has_a_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("retracted_at", None), ("retracted_by", None)),
                                    models.Q(("retracted_at__isnull", False), ("retracted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="annotations_claim_retraction_has_a_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confidence", None),
                                    models.Q(("confidence__gte", 0), ("confidence__lte", 1)),
                                    _connector="OR",
                                ),
                                name="annotations_claim_confidence_is_a_share",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("canonical__regex", "\\S")), name="claim_has_a_restatement"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("claimant_kind", "speaker"), ("speaker__isnull", False)),
                                    models.Q(models.Q(("claimant_kind", "speaker"), _negated=True), ("speaker", None)),
                                    _connector="OR",
                                ),
                                name="claim_by_a_speaker_names_the_speaker",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("claim_date", None), ("date_basis", "unknown")),
                                    models.Q(("claim_date__isnull", False), ("date_basis__in", ["stated", "inferred"])),
                                    _connector="OR",
                                ),
                                name="claim_date_has_a_basis",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("risk", "high"), _negated=True),
                                    models.Q(("risk_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="claim_high_risk_has_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("same_as", models.F("id")), _negated=True),
                                name="claim_is_not_its_own_repeat",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("claimant_kind__in", ["author", "speaker", "unattributed", "unknown"])
                                ),
                                name="claim_claimant_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "claim_type__in",
                                        [
                                            "event",
                                            "numerical",
                                            "quote-attribution",
                                            "quote-wording",
                                            "causal",
                                            "position",
                                            "prediction",
                                            "legal",
                                            "comparison",
                                            "identity",
                                        ],
                                    )
                                ),
                                name="claim_type_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("checkable__in", ["yes", "partly", "no"])),
                                name="claim_checkable_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("priority__in", [0, 1, 2, 3])), name="claim_priority_is_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("risk__in", ["normal", "high"])), name="claim_risk_is_known"
                            ),
                        ],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(fields=["words"], name="claim_words"),
                            models.Index(fields=["-priority", "-created_at", "-id"], name="claim_most_pressing_first"),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="counted_versions",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF NEW.uid <> OLD.uid THEN\n                RAISE EXCEPTION 'the uid of a row never changes' USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF NEW.version <> OLD.version + 1 THEN\n                RAISE EXCEPTION 'version % must follow %', NEW.version, OLD.version\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NEW;\n            ",
                                    hash="f4edcade918a3e3c54ae6049e95f9767b88875b2",
                                    operation="UPDATE",
                                    pgid="pgtrigger_counted_versions_67e6c",
                                    table="annotations_claim",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_deleted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="2d41313ffea8f4be8bb7fff6cc11a61a0c7182ae",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_deleted_6eb30",
                                    table="annotations_claim",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="changed_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annotations_claimevent" ("article_id", "canonical", "checkable", "checkable_reason", "claim_date", "claim_type", "claimant_kind", "confidence", "created_at", "created_by_id", "date_basis", "date_note", "decided_at", "decided_by_id", "id", "note", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "project_id", "proposer", "proposer_version", "quote_id", "retracted_at", "retracted_by_id", "retraction_reason", "risk", "risk_reason", "rule", "same_as_id", "span_id", "speaker_id", "uid", "version") SELECT old_values."article_id", old_values."canonical", old_values."checkable", old_values."checkable_reason", old_values."claim_date", old_values."claim_type", old_values."claimant_kind", old_values."confidence", old_values."created_at", old_values."created_by_id", old_values."date_basis", old_values."date_note", old_values."decided_at", old_values."decided_by_id", old_values."id", old_values."note", old_values."origin", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."priority", old_values."project_id", old_values."proposer", old_values."proposer_version", old_values."quote_id", old_values."retracted_at", old_values."retracted_by_id", old_values."retraction_reason", old_values."risk", old_values."risk_reason", old_values."rule", old_values."same_as_id", old_values."span_id", old_values."speaker_id", old_values."uid", old_values."version" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."article_id" IS DISTINCT FROM (new_values."article_id") OR old_values."canonical" IS DISTINCT FROM (new_values."canonical") OR old_values."checkable" IS DISTINCT FROM (new_values."checkable") OR old_values."checkable_reason" IS DISTINCT FROM (new_values."checkable_reason") OR old_values."claim_date" IS DISTINCT FROM (new_values."claim_date") OR old_values."claim_type" IS DISTINCT FROM (new_values."claim_type") OR old_values."claimant_kind" IS DISTINCT FROM (new_values."claimant_kind") OR old_values."confidence" IS DISTINCT FROM (new_values."confidence") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."date_basis" IS DISTINCT FROM (new_values."date_basis") OR old_values."date_note" IS DISTINCT FROM (new_values."date_note") OR old_values."decided_at" IS DISTINCT FROM (new_values."decided_at") OR old_values."decided_by_id" IS DISTINCT FROM (new_values."decided_by_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."origin" IS DISTINCT FROM (new_values."origin") OR old_values."priority" IS DISTINCT FROM (new_values."priority") OR old_values."project_id" IS DISTINCT FROM (new_values."project_id") OR old_values."proposer" IS DISTINCT FROM (new_values."proposer") OR old_values."proposer_version" IS DISTINCT FROM (new_values."proposer_version") OR old_values."quote_id" IS DISTINCT FROM (new_values."quote_id") OR old_values."retracted_at" IS DISTINCT FROM (new_values."retracted_at") OR old_values."retracted_by_id" IS DISTINCT FROM (new_values."retracted_by_id") OR old_values."retraction_reason" IS DISTINCT FROM (new_values."retraction_reason") OR old_values."risk" IS DISTINCT FROM (new_values."risk") OR old_values."risk_reason" IS DISTINCT FROM (new_values."risk_reason") OR old_values."rule" IS DISTINCT FROM (new_values."rule") OR old_values."same_as_id" IS DISTINCT FROM (new_values."same_as_id") OR old_values."span_id" IS DISTINCT FROM (new_values."span_id") OR old_values."speaker_id" IS DISTINCT FROM (new_values."speaker_id") OR old_values."uid" IS DISTINCT FROM (new_values."uid") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                                    hash="78eb3237dd0dc4672313f4a2a836991ac3750090",
                                    level="STATEMENT",
                                    operation="UPDATE",
                                    pgid="pgtrigger_changed_update_f178b",
                                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                                    table="annotations_claim",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeskVerdict",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="made")),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="desk_verdicts",
                                to="annotations.claim",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="number")),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("supported", "Supported"),
                                    ("refuted", "Refuted"),
                                    ("conflicting", "Conflicting evidence"),
                                    ("not_enough_evidence", "Not enough evidence"),
                                ],
                                max_length=20,
                                verbose_name="what the evidence says",
                            ),
                        ),
                        (
                            "rating",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="annotations.rating"
                            ),
                        ),
                        (
                            "qualifiers",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("missing context", "missing context"),
                                        ("outdated", "outdated"),
                                        ("altered quote", "altered quote"),
                                        ("misattributed", "misattributed"),
                                        ("satire", "satire"),
                                    ],
                                    max_length=20,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="reason, as readers see it")),
                        (
                            "correction_of",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrected_by",
                                to="annotations.deskverdict",
                            ),
                        ),
                        ("correction_note", models.TextField(blank=True, verbose_name="what was corrected and why")),
                        ("dissent", models.TextField(blank=True, verbose_name="dissent")),
                    ],
                    options={
                        "verbose_name": "desk verdict",
                        "verbose_name_plural": "desk verdicts",
                        "ordering": ["claim", "number"],
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(fields=("claim", "number"), name="desk_verdict_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("verdict__in", ["supported", "refuted", "conflicting", "not_enough_evidence"])
                                ),
                                name="desk_verdict_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason__regex", "\\S")), name="desk_verdict_has_a_reason"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("correction_of", None), ("number", 1)),
                                    models.Q(
                                        ("correction_note__regex", "\\S"),
                                        ("correction_of__isnull", False),
                                        ("number__gt", 1),
                                    ),
                                    _connector="OR",
                                ),
                                name="desk_verdict_after_the_first_is_a_correction",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="e4edd2c31813b13369865ec9f4a63de300f91f71",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_5f371",
                                    table="annotations_deskverdict",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Evidence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="made")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="annotations.claim",
                            ),
                        ),
                        (
                            "snapshot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="articles.snapshot",
                            ),
                        ),
                        ("start", models.PositiveIntegerField()),
                        ("end", models.PositiveIntegerField()),
                        ("excerpt", models.TextField(verbose_name="passage")),
                        (
                            "stance",
                            models.CharField(
                                choices=[
                                    ("supports", "Supports"),
                                    ("refutes", "Refutes"),
                                    ("context", "Gives context"),
                                ],
                                max_length=8,
                                verbose_name="stance",
                            ),
                        ),
                        ("question", models.CharField(blank=True, max_length=500, verbose_name="question it answers")),
                        ("found_query", models.TextField(blank=True, verbose_name="found with")),
                        ("found_rank", models.PositiveIntegerField(blank=True, null=True)),
                        ("found_score", models.FloatField(blank=True, null=True)),
                        (
                            "detached_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("detached_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "evidence",
                        "verbose_name_plural": "evidence",
                        "default_permissions": (),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("end__gt", models.F("start")), ("start__gte", 0)),
                                name="evidence_offsets_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("stance__in", ["supports", "refutes", "context"])),
                                name="evidence_stance_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("excerpt", ""), _negated=True), name="evidence_has_an_excerpt"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("detached_at", None)),
                                fields=("claim", "snapshot", "start", "end"),
                                name="evidence_attached_once",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="counted_versions",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF NEW.uid <> OLD.uid THEN\n                RAISE EXCEPTION 'the uid of a row never changes' USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF NEW.version <> OLD.version + 1 THEN\n                RAISE EXCEPTION 'version % must follow %', NEW.version, OLD.version\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NEW;\n            ",
                                    hash="19d92763860c286ca41a2cdad26c135c3bcbb743",
                                    operation="UPDATE",
                                    pgid="pgtrigger_counted_versions_ca976",
                                    table="annotations_evidence",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_deleted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="203a34482df9c73404a826eaa928a0c135d14ce3",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_deleted_76221",
                                    table="annotations_evidence",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="changed_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annotations_evidenceevent" ("claim_id", "created_at", "created_by_id", "detached_at", "detached_by_id", "end", "excerpt", "found_query", "found_rank", "found_score", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "snapshot_id", "stance", "start", "uid", "version") SELECT old_values."claim_id", old_values."created_at", old_values."created_by_id", old_values."detached_at", old_values."detached_by_id", old_values."end", old_values."excerpt", old_values."found_query", old_values."found_rank", old_values."found_score", old_values."id", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."question", old_values."snapshot_id", old_values."stance", old_values."start", old_values."uid", old_values."version" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                                    hash="b9a1389ccae379d717c5321c3ef478e750570ab2",
                                    level="STATEMENT",
                                    operation="UPDATE",
                                    pgid="pgtrigger_changed_update_8c10c",
                                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                                    table="annotations_evidence",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FactCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="made")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fact_checks",
                                to="annotations.claim",
                            ),
                        ),
                        (
                            "checker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fact_checks",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "Proposed"),
                                    ("assigned", "Assigned"),
                                    ("gathering", "Gathering"),
                                    ("drafted", "Drafted"),
                                    ("in_review", "In review"),
                                    ("approved", "Approved"),
                                    ("published", "Published"),
                                    ("corrected", "Corrected"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="proposed",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("supported", "Supported"),
                                    ("refuted", "Refuted"),
                                    ("conflicting", "Conflicting evidence"),
                                    ("not_enough_evidence", "Not enough evidence"),
                                ],
                                max_length=20,
                                verbose_name="what the evidence says",
                            ),
                        ),
                        (
                            "rating",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="annotations.rating",
                            ),
                        ),
                        (
                            "qualifiers",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("missing context", "missing context"),
                                        ("outdated", "outdated"),
                                        ("altered quote", "altered quote"),
                                        ("misattributed", "misattributed"),
                                        ("satire", "satire"),
                                    ],
                                    max_length=20,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="qualifiers",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="reason, as readers will see it")),
                        ("note", models.TextField(blank=True, verbose_name="note for the desk")),
                        (
                            "one_source_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="why one source suffices"),
                        ),
                        ("search_log", models.JSONField(blank=True, default=list, verbose_name="searches made")),
                        (
                            "authors",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), default=list, editable=False, size=None
                            ),
                        ),
                        (
                            "anchor_seen",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="articles.anchor",
                            ),
                        ),
                        ("claim_version_seen", models.PositiveIntegerField(editable=False, null=True)),
                        ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due")),
                    ],
                    options={
                        "verbose_name": "fact check",
                        "verbose_name_plural": "fact checks",
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ["published", "corrected", "withdrawn"]), _negated=True
                                ),
                                fields=("claim", "checker"),
                                name="fact_check_open_once_per_checker",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "proposed",
                                            "assigned",
                                            "gathering",
                                            "drafted",
                                            "in_review",
                                            "approved",
                                            "published",
                                            "corrected",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="fact_check_state_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("verdict__in", ["", "supported", "refuted", "conflicting", "not_enough_evidence"])
                                ),
                                name="fact_check_verdict_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["proposed", "assigned", "gathering", "withdrawn"]),
                                    models.Q(
                                        models.Q(("verdict", ""), _negated=True),
                                        ("checker__isnull", False),
                                        ("claim_version_seen__isnull", False),
                                        ("reason__regex", "\\S"),
                                    ),
                                    _connector="OR",
                                ),
                                name="fact_check_drafted_has_verdict_and_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "qualifiers__contained_by",
                                        ["missing context", "outdated", "altered quote", "misattributed", "satire"],
                                    )
                                ),
                                name="fact_check_qualifiers_are_known",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="counted_versions",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF NEW.uid <> OLD.uid THEN\n                RAISE EXCEPTION 'the uid of a row never changes' USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF NEW.version <> OLD.version + 1 THEN\n                RAISE EXCEPTION 'version % must follow %', NEW.version, OLD.version\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NEW;\n            ",
                                    hash="c0d687b559c9abe9497313f622f12e72b688e005",
                                    operation="UPDATE",
                                    pgid="pgtrigger_counted_versions_d634c",
                                    table="annotations_factcheck",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_deleted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="7ccec91a1a86ddf0fed8e05529fc6b089cdd54a3",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_deleted_6d93f",
                                    table="annotations_factcheck",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="changed_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annotations_factcheckevent" ("anchor_seen_id", "authors", "checker_id", "claim_id", "claim_version_seen", "created_at", "created_by_id", "due_at", "id", "note", "one_source_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "qualifiers", "rating_id", "reason", "search_log", "state", "uid", "verdict", "version") SELECT old_values."anchor_seen_id", old_values."authors", old_values."checker_id", old_values."claim_id", old_values."claim_version_seen", old_values."created_at", old_values."created_by_id", old_values."due_at", old_values."id", old_values."note", old_values."one_source_reason", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."qualifiers", old_values."rating_id", old_values."reason", old_values."search_log", old_values."state", old_values."uid", old_values."verdict", old_values."version" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                                    hash="71b4dade6aeedb253b1e0004030185d77408e2ea",
                                    level="STATEMENT",
                                    operation="UPDATE",
                                    pgid="pgtrigger_changed_update_0cb46",
                                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                                    table="annotations_factcheck",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(editable=False, unique=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        (
                            "claim",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="annotations.claim",
                            ),
                        ),
                        ("text", models.TextField()),
                        ("created_at", models.DateTimeField()),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "notice",
                        "verbose_name_plural": "notices",
                        "ordering": ["-created_at"],
                        "default_permissions": (),
                        "indexes": [
                            models.Index(fields=["person", "read_at", "-created_at"], name="notice_unread_first")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReadingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="annotations.reading",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        ("id", models.BigIntegerField()),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="made")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "project",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="annotations.project",
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="articles.revision",
                            ),
                        ),
                        (
                            "codebook",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="annotations.codebook",
                            ),
                        ),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted")),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="9e8ed4f7771acefeac006eb7aa1de17656f5978c",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_b6237",
                                    table="annotations_readingevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SecondaryCategory",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "tag",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="secondary",
                                to="annotations.biastag",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="annotations.biascategory",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "verbose_name": "secondary category",
                        "verbose_name_plural": "secondary categories",
                        "ordering": ["tag", "position"],
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(fields=("tag", "position"), name="secondary_position_once"),
                            models.UniqueConstraint(fields=("tag", "category"), name="secondary_category_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SentenceFinding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="made")),
                        (
                            "reading",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="annotations.reading",
                            ),
                        ),
                        ("start", models.PositiveIntegerField()),
                        ("end", models.PositiveIntegerField()),
                        (
                            "finding",
                            models.CharField(
                                choices=[("nothing", "nothing found"), ("opinion", "opinion")], max_length=8
                            ),
                        ),
                        ("sequence", models.PositiveSmallIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "finding on a sentence",
                        "verbose_name_plural": "findings on sentences",
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("reading", "start", "sequence"), name="finding_sequence_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("end__gt", models.F("start")), ("start__gte", 0)),
                                name="finding_offsets_in_order",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="287adf9d83baea2e378ab99712a70bd778e6a045",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_2139e",
                                    table="annotations_sentencefinding",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AssignmentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="annotations.assignment",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        ("id", models.BigIntegerField()),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="made")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "project",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="annotations.project",
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="articles.article",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("task", models.CharField(blank=True, max_length=300, verbose_name="task")),
                        ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due")),
                        ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="f79f9b310615cf82951cfd3ea097bac13bafd234",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_4d5b5",
                                    table="annotations_assignmentevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BiasTagEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="annotations.biastag",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        ("id", models.BigIntegerField()),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="made")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("human", "made by a person"),
                                    ("suggested", "suggested, not decided"),
                                    ("accepted", "suggested, accepted"),
                                    ("accepted_in_bulk", "suggested, accepted in bulk"),
                                    ("corrected", "suggested, corrected"),
                                    ("rejected", "suggested, rejected"),
                                ],
                                default="human",
                                max_length=16,
                                verbose_name="origin",
                            ),
                        ),
                        ("proposer", models.CharField(blank=True, max_length=100, verbose_name="proposed by")),
                        ("proposer_version", models.CharField(blank=True, max_length=40)),
                        ("confidence", models.FloatField(blank=True, null=True, verbose_name="confidence")),
                        ("rule", models.CharField(blank=True, max_length=100, verbose_name="rule")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "retracted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("retracted_at", models.DateTimeField(blank=True, null=True, verbose_name="retracted")),
                        (
                            "retraction_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="reason of retraction"),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="annotations.project",
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="articles.article",
                            ),
                        ),
                        (
                            "span",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="articles.span",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[("span", "words"), ("sentence", "sentence"), ("article", "whole article")],
                                default="span",
                                max_length=8,
                                verbose_name="level",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="annotations.biascategory",
                            ),
                        ),
                        (
                            "severity",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "mild word"),
                                    (2, "shifts the reading"),
                                    (3, "misleads on a material fact"),
                                ],
                                verbose_name="severity",
                            ),
                        ),
                        (
                            "polarity",
                            models.SmallIntegerField(
                                choices=[(-1, "against"), (0, "neither"), (1, "in favour of")],
                                default=0,
                                verbose_name="polarity",
                            ),
                        ),
                        ("target", models.CharField(blank=True, max_length=200, verbose_name="towards")),
                        (
                            "voice",
                            models.CharField(
                                choices=[
                                    ("author", "the author"),
                                    ("paraphrase", "a paraphrase"),
                                    ("quote", "a quotation"),
                                    ("structure", "the structure of the piece"),
                                ],
                                default="author",
                                max_length=10,
                                verbose_name="voice",
                            ),
                        ),
                        ("neutral_alternative", models.TextField(blank=True, verbose_name="neutral alternative")),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="36f46b0c1422f3723ffbfa707e50f75c223e1382",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_cd547",
                                    table="annotations_biastagevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClaimEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="annotations.claim",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        ("id", models.BigIntegerField()),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="made")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("human", "made by a person"),
                                    ("suggested", "suggested, not decided"),
                                    ("accepted", "suggested, accepted"),
                                    ("accepted_in_bulk", "suggested, accepted in bulk"),
                                    ("corrected", "suggested, corrected"),
                                    ("rejected", "suggested, rejected"),
                                ],
                                default="human",
                                max_length=16,
                                verbose_name="origin",
                            ),
                        ),
                        ("proposer", models.CharField(blank=True, max_length=100, verbose_name="proposed by")),
                        ("proposer_version", models.CharField(blank=True, max_length=40)),
                        ("confidence", models.FloatField(blank=True, null=True, verbose_name="confidence")),
                        ("rule", models.CharField(blank=True, max_length=100, verbose_name="rule")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "retracted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("retracted_at", models.DateTimeField(blank=True, null=True, verbose_name="retracted")),
                        (
                            "retraction_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="reason of retraction"),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="annotations.project",
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="articles.article",
                            ),
                        ),
                        (
                            "span",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="articles.span",
                            ),
                        ),
                        (
                            "quote",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="articles.quote",
                            ),
                        ),
                        ("canonical", models.TextField(verbose_name="restatement")),
                        (
                            "claimant_kind",
                            models.CharField(
                                choices=[
                                    ("author", "the article’s own voice"),
                                    ("speaker", "a speaker"),
                                    ("unattributed", "unattributed"),
                                    ("unknown", "unknown"),
                                ],
                                default="unknown",
                                max_length=12,
                                verbose_name="claimant",
                            ),
                        ),
                        (
                            "speaker",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="articles.speaker",
                            ),
                        ),
                        ("claim_date", models.DateField(blank=True, null=True, verbose_name="said on")),
                        (
                            "date_basis",
                            models.CharField(
                                choices=[
                                    ("stated", "stated in the text"),
                                    ("inferred", "inferred"),
                                    ("unknown", "unknown"),
                                ],
                                default="unknown",
                                max_length=8,
                                verbose_name="date is",
                            ),
                        ),
                        (
                            "date_note",
                            models.CharField(blank=True, max_length=500, verbose_name="how the date is known"),
                        ),
                        (
                            "claim_type",
                            models.CharField(
                                choices=[
                                    ("event", "event"),
                                    ("numerical", "number"),
                                    ("quote-attribution", "who said it"),
                                    ("quote-wording", "wording of a quote"),
                                    ("causal", "cause"),
                                    ("position", "position"),
                                    ("prediction", "prediction"),
                                    ("legal", "law"),
                                    ("comparison", "comparison"),
                                    ("identity", "identity or office"),
                                ],
                                default="event",
                                max_length=20,
                                verbose_name="type",
                            ),
                        ),
                        (
                            "checkable",
                            models.CharField(
                                choices=[("yes", "yes"), ("partly", "partly"), ("no", "no")],
                                default="yes",
                                max_length=6,
                                verbose_name="checkable",
                            ),
                        ),
                        ("checkable_reason", models.CharField(blank=True, max_length=500, verbose_name="why not")),
                        (
                            "priority",
                            models.PositiveSmallIntegerField(
                                choices=[(0, "none"), (1, "low"), (2, "medium"), (3, "high")],
                                default=2,
                                verbose_name="priority",
                            ),
                        ),
                        (
                            "risk",
                            models.CharField(
                                choices=[("normal", "normal"), ("high", "high")],
                                default="normal",
                                max_length=6,
                                verbose_name="risk",
                            ),
                        ),
                        ("risk_reason", models.CharField(blank=True, max_length=500, verbose_name="why high")),
                        (
                            "same_as",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="annotations.claim",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="32229bbff25ec51ae135e3264c9358e8540d1543",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_c15e5",
                                    table="annotations_claimevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EvidenceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="annotations.evidence",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        ("id", models.BigIntegerField()),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="made")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "claim",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="annotations.claim",
                            ),
                        ),
                        (
                            "snapshot",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="articles.snapshot",
                            ),
                        ),
                        ("start", models.PositiveIntegerField()),
                        ("end", models.PositiveIntegerField()),
                        ("excerpt", models.TextField(verbose_name="passage")),
                        (
                            "stance",
                            models.CharField(
                                choices=[
                                    ("supports", "Supports"),
                                    ("refutes", "Refutes"),
                                    ("context", "Gives context"),
                                ],
                                max_length=8,
                                verbose_name="stance",
                            ),
                        ),
                        ("question", models.CharField(blank=True, max_length=500, verbose_name="question it answers")),
                        ("found_query", models.TextField(blank=True, verbose_name="found with")),
                        ("found_rank", models.PositiveIntegerField(blank=True, null=True)),
                        ("found_score", models.FloatField(blank=True, null=True)),
                        (
                            "detached_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("detached_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="ff1106a968f19afb0798b92f319c9a5667870347",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_d09fc",
                                    table="annotations_evidenceevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FactCheckEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="annotations.factcheck",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        ("id", models.BigIntegerField()),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="made")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "claim",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="annotations.claim",
                            ),
                        ),
                        (
                            "checker",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "Proposed"),
                                    ("assigned", "Assigned"),
                                    ("gathering", "Gathering"),
                                    ("drafted", "Drafted"),
                                    ("in_review", "In review"),
                                    ("approved", "Approved"),
                                    ("published", "Published"),
                                    ("corrected", "Corrected"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="proposed",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("supported", "Supported"),
                                    ("refuted", "Refuted"),
                                    ("conflicting", "Conflicting evidence"),
                                    ("not_enough_evidence", "Not enough evidence"),
                                ],
                                max_length=20,
                                verbose_name="what the evidence says",
                            ),
                        ),
                        (
                            "rating",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="annotations.rating",
                            ),
                        ),
                        (
                            "qualifiers",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("missing context", "missing context"),
                                        ("outdated", "outdated"),
                                        ("altered quote", "altered quote"),
                                        ("misattributed", "misattributed"),
                                        ("satire", "satire"),
                                    ],
                                    max_length=20,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="qualifiers",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="reason, as readers will see it")),
                        ("note", models.TextField(blank=True, verbose_name="note for the desk")),
                        (
                            "one_source_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="why one source suffices"),
                        ),
                        ("search_log", models.JSONField(blank=True, default=list, verbose_name="searches made")),
                        (
                            "authors",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), default=list, editable=False, size=None
                            ),
                        ),
                        (
                            "anchor_seen",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="articles.anchor",
                            ),
                        ),
                        ("claim_version_seen", models.PositiveIntegerField(editable=False, null=True)),
                        ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due")),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="772118094e65ed7b2565a0272e755ee7b9bd6e30",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_ae835",
                                    table="annotations_factcheckevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RestingOn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "desk_verdict",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rests_on",
                                to="annotations.deskverdict",
                            ),
                        ),
                        (
                            "fact_check",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="annotations.factcheck",
                            ),
                        ),
                        ("version_seen", models.PositiveIntegerField()),
                    ],
                    options={
                        "verbose_name": "ground of a desk verdict",
                        "verbose_name_plural": "grounds of desk verdicts",
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(fields=("desk_verdict", "fact_check"), name="ground_once")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="2d4fe89446976199c69ad1582f6379738f64eb78",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_2d90d",
                                    table="annotations_restingon",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Review",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="made")),
                        (
                            "fact_check",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="annotations.factcheck",
                            ),
                        ),
                        (
                            "decision",
                            models.CharField(
                                choices=[("approve", "Approve"), ("return", "Return")],
                                max_length=8,
                                verbose_name="decision",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("version_seen", models.PositiveIntegerField(verbose_name="version seen")),
                        (
                            "authors",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), editable=False, size=None
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "review",
                        "verbose_name_plural": "reviews",
                        "ordering": ["created_at"],
                        "default_permissions": (),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decision", "approve"),
                                    models.Q(("decision", "return"), ("reason__regex", "\\S")),
                                    _connector="OR",
                                ),
                                name="review_that_returns_says_why",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="never_deleted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="f55b01dddbf5233fabb4a45d7710190b81cdfea0",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_deleted_9a691",
                                    table="annotations_review",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
