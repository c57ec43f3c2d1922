import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from articles.migrating import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("newsdesk", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Article",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("incoming", "Incoming"),
                                    ("editing", "Being edited"),
                                    ("checking", "Being checked"),
                                    ("approved", "Approved"),
                                    ("published", "Published"),
                                    ("corrected", "Corrected"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="incoming",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("embargo_until", models.DateTimeField(blank=True, null=True, verbose_name="embargo until")),
                        ("slug", models.SlugField(max_length=120, unique=True, verbose_name="slug")),
                        ("language", models.CharField(blank=True, max_length=35, verbose_name="language")),
                        ("outlet", models.CharField(blank=True, max_length=200, verbose_name="outlet")),
                        ("byline", models.CharField(blank=True, max_length=300, verbose_name="byline")),
                        (
                            "canonical_url",
                            models.URLField(blank=True, max_length=2000, verbose_name="canonical address"),
                        ),
                        ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
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
                        ("received_at", models.DateTimeField(verbose_name="received")),
                        (
                            "rights",
                            models.CharField(
                                choices=[
                                    ("own", "our own"),
                                    ("licensed", "licensed"),
                                    ("quotation_only", "quotation only"),
                                    ("public_domain", "public domain"),
                                    ("unknown", "unknown"),
                                ],
                                default="unknown",
                                max_length=14,
                                verbose_name="rights",
                            ),
                        ),
                        ("rights_terms", models.TextField(blank=True, verbose_name="terms")),
                        ("rights_end_date", models.DateField(blank=True, null=True, verbose_name="rights end")),
                        (
                            "access",
                            models.CharField(
                                choices=[("desk", "the desk"), ("restricted", "named people only")],
                                default="desk",
                                max_length=10,
                                verbose_name="access",
                            ),
                        ),
                        ("access_reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                        ("is_demonstration", models.BooleanField(default=False, verbose_name="demonstration")),
                    ],
                    options={
                        "verbose_name": "article",
                        "verbose_name_plural": "articles",
                        "default_permissions": (),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "incoming",
                                            "editing",
                                            "checking",
                                            "approved",
                                            "published",
                                            "corrected",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="article_state_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rights__in", ["own", "licensed", "quotation_only", "public_domain", "unknown"])
                                ),
                                name="article_rights_are_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("date_basis__in", ["stated", "inferred", "unknown"])),
                                name="article_date_basis_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("date_basis", "unknown"), ("published_at", None)),
                                    models.Q(
                                        ("date_basis__in", ["stated", "inferred"]), ("published_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="article_date_has_a_basis",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("access", "desk"), ("access_reason", "")),
                                    models.Q(("access", "restricted"), models.Q(("access_reason", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="article_restriction_has_a_reason",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["-received_at", "-id"], name="article_newest_first"),
                            models.Index(fields=["state", "-received_at", "-id"], name="article_by_state"),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="counted_versions",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF NEW.uid <> OLD.uid THEN\n                RAISE EXCEPTION 'the uid of a row never changes' USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF NEW.version <> OLD.version + 1 THEN\n                RAISE EXCEPTION 'version % must follow %', NEW.version, OLD.version\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NEW;\n            ",
                                    hash="953a663eed9b771591306cec1becf914beba491b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_counted_versions_3b4cb",
                                    table="articles_article",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_deleted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="8facdc7719ff8e3a5b8dcb0a3f28def31b2ee3c3",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_deleted_29d5f",
                                    table="articles_article",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="changed_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_articleevent" ("access", "access_reason", "byline", "canonical_url", "created_at", "created_by_id", "date_basis", "date_note", "embargo_until", "head_id", "id", "is_demonstration", "language", "outlet", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "received_at", "rights", "rights_end_date", "rights_terms", "slug", "state", "uid", "version") SELECT old_values."access", old_values."access_reason", old_values."byline", old_values."canonical_url", old_values."created_at", old_values."created_by_id", old_values."date_basis", old_values."date_note", old_values."embargo_until", old_values."head_id", old_values."id", old_values."is_demonstration", old_values."language", old_values."outlet", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."published_at", old_values."received_at", old_values."rights", old_values."rights_end_date", old_values."rights_terms", old_values."slug", old_values."state", old_values."uid", old_values."version" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                                    hash="1f4dba5fc24a78be0753114a89ffc991ddc2cdbf",
                                    level="STATEMENT",
                                    operation="UPDATE",
                                    pgid="pgtrigger_changed_update_cf3db",
                                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                                    table="articles_article",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Capture",
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
                        ("content", models.BinaryField()),
                        ("sha256", models.CharField(db_index=True, max_length=64, verbose_name="SHA-256")),
                        ("media_type", models.CharField(max_length=100, verbose_name="media type")),
                        ("name", models.CharField(blank=True, max_length=300, verbose_name="file name")),
                        ("url", models.URLField(blank=True, max_length=2000, verbose_name="address")),
                    ],
                    options={
                        "verbose_name": "capture",
                        "verbose_name_plural": "captures",
                        "default_permissions": (),
                        "constraints": [
                            models.CheckConstraint(
                                condition=django.db.models.lookups.Exact(
                                    models.F("sha256"),
                                    models.Func(
                                        models.Func(models.F("content"), function="sha256"),
                                        models.Value("hex"),
                                        function="encode",
                                        output_field=models.CharField(max_length=64),
                                    ),
                                ),
                                name="capture_matches_its_hash",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="2a76f5c9f36076578d4949d1aaa48eff1c5fba6a",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_def39",
                                    table="articles_capture",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Feed",
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
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("url", models.URLField(max_length=2000, unique=True, verbose_name="address")),
                        (
                            "outlets",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "feed",
                        "verbose_name_plural": "feeds",
                        "default_permissions": (),
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="never_deleted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="ec242af9b44efc4ea3bc6e18b636f092cee968f3",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_deleted_96cc7",
                                    table="articles_feed",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Source",
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
                        ("title", models.CharField(max_length=500, verbose_name="title")),
                        ("publisher", models.CharField(blank=True, max_length=300, verbose_name="publisher")),
                        ("kind", models.CharField(blank=True, max_length=100, verbose_name="kind")),
                        ("url", models.URLField(blank=True, max_length=2000, verbose_name="address")),
                        ("url_note", models.CharField(blank=True, max_length=500, verbose_name="note on the address")),
                        ("published_date", models.DateField(blank=True, null=True, verbose_name="published")),
                        ("obtained_from", models.CharField(blank=True, max_length=500, verbose_name="obtained from")),
                        ("interests", models.TextField(blank=True, verbose_name="interests of the publisher")),
                        ("language", models.CharField(blank=True, max_length=35, verbose_name="language")),
                        (
                            "rights",
                            models.CharField(
                                choices=[
                                    ("own", "our own"),
                                    ("licensed", "licensed"),
                                    ("quotation_only", "quotation only"),
                                    ("public_domain", "public domain"),
                                    ("unknown", "unknown"),
                                ],
                                default="unknown",
                                max_length=14,
                                verbose_name="rights",
                            ),
                        ),
                        ("rights_terms", models.TextField(blank=True, verbose_name="terms")),
                        ("rights_end_date", models.DateField(blank=True, null=True, verbose_name="rights end")),
                        (
                            "access",
                            models.CharField(
                                choices=[("desk", "the desk"), ("restricted", "named people only")],
                                default="desk",
                                max_length=10,
                                verbose_name="access",
                            ),
                        ),
                        ("access_reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                        ("is_demonstration", models.BooleanField(default=False, verbose_name="demonstration")),
                        (
                            "words",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.contrib.postgres.search.SearchVector(
                                    "title", "publisher", config="simple"
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "source",
                        "verbose_name_plural": "sources",
                        "default_permissions": (),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("title__regex", "\\S")), name="source_has_a_title"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rights__in", ["own", "licensed", "quotation_only", "public_domain", "unknown"])
                                ),
                                name="source_rights_are_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("access", "desk"), ("access_reason", "")),
                                    models.Q(("access", "restricted"), models.Q(("access_reason", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="source_restriction_has_a_reason",
                            ),
                        ],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(fields=["words"], name="source_words"),
                            models.Index(fields=["-created_at", "-id"], name="source_newest_first"),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="counted_versions",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF NEW.uid <> OLD.uid THEN\n                RAISE EXCEPTION 'the uid of a row never changes' USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF NEW.version <> OLD.version + 1 THEN\n                RAISE EXCEPTION 'version % must follow %', NEW.version, OLD.version\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NEW;\n            ",
                                    hash="53b7bf41086c63fb2d3eee5c3f85482758f539ea",
                                    operation="UPDATE",
                                    pgid="pgtrigger_counted_versions_30086",
                                    table="articles_source",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_deleted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="951ca793d48e40f1888838a7fafe2ce05091bb37",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_deleted_c55fb",
                                    table="articles_source",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="changed_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_sourceevent" ("access", "access_reason", "created_at", "created_by_id", "id", "interests", "is_demonstration", "kind", "language", "obtained_from", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_date", "publisher", "rights", "rights_end_date", "rights_terms", "title", "uid", "url", "url_note", "version") SELECT old_values."access", old_values."access_reason", old_values."created_at", old_values."created_by_id", old_values."id", old_values."interests", old_values."is_demonstration", old_values."kind", old_values."language", old_values."obtained_from", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."published_date", old_values."publisher", old_values."rights", old_values."rights_end_date", old_values."rights_terms", old_values."title", old_values."uid", old_values."url", old_values."url_note", old_values."version" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."access" IS DISTINCT FROM (new_values."access") OR old_values."access_reason" IS DISTINCT FROM (new_values."access_reason") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."interests" IS DISTINCT FROM (new_values."interests") OR old_values."is_demonstration" IS DISTINCT FROM (new_values."is_demonstration") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."obtained_from" IS DISTINCT FROM (new_values."obtained_from") OR old_values."published_date" IS DISTINCT FROM (new_values."published_date") OR old_values."publisher" IS DISTINCT FROM (new_values."publisher") OR old_values."rights" IS DISTINCT FROM (new_values."rights") OR old_values."rights_end_date" IS DISTINCT FROM (new_values."rights_end_date") OR old_values."rights_terms" IS DISTINCT FROM (new_values."rights_terms") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."uid" IS DISTINCT FROM (new_values."uid") OR old_values."url" IS DISTINCT FROM (new_values."url") OR old_values."url_note" IS DISTINCT FROM (new_values."url_note") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                                    hash="e364faa56abd1898ecdd7d2181225636ca826a7b",
                                    level="STATEMENT",
                                    operation="UPDATE",
                                    pgid="pgtrigger_changed_update_81f7a",
                                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                                    table="articles_source",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Speaker",
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
                        ("name", models.CharField(max_length=300, verbose_name="name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("person", "person"),
                                    ("organisation", "organisation"),
                                    ("state", "state"),
                                    ("group", "unnamed group"),
                                ],
                                default="person",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
                        ("affiliation", models.CharField(blank=True, max_length=300, verbose_name="affiliation")),
                        (
                            "aliases",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=300),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="also known as",
                            ),
                        ),
                        (
                            "keys",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=300),
                                blank=True,
                                default=list,
                                editable=False,
                                size=None,
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="articles.speaker",
                            ),
                        ),
                        ("is_demonstration", models.BooleanField(default=False)),
                    ],
                    options={
                        "verbose_name": "speaker",
                        "verbose_name_plural": "speakers",
                        "default_permissions": (),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("merged_into", models.F("id")), _negated=True),
                                name="speaker_is_not_merged_into_itself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name__regex", "\\S")), name="speaker_has_a_name"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["person", "organisation", "state", "group"])),
                                name="speaker_kind_is_known",
                            ),
                        ],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(fields=["keys"], name="speaker_name_keys"),
                            models.Index(fields=["name", "id"], name="speaker_by_name"),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="counted_versions",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF NEW.uid <> OLD.uid THEN\n                RAISE EXCEPTION 'the uid of a row never changes' USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF NEW.version <> OLD.version + 1 THEN\n                RAISE EXCEPTION 'version % must follow %', NEW.version, OLD.version\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NEW;\n            ",
                                    hash="394bb2cf54f3baf4c754b308cac293fe9d243533",
                                    operation="UPDATE",
                                    pgid="pgtrigger_counted_versions_6f1aa",
                                    table="articles_speaker",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_deleted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="81f795aa31b249168c715c6ec9199840cf7fd5d5",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_deleted_32b46",
                                    table="articles_speaker",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="changed_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_speakerevent" ("affiliation", "aliases", "created_at", "created_by_id", "id", "is_demonstration", "keys", "kind", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "uid", "version") SELECT old_values."affiliation", old_values."aliases", old_values."created_at", old_values."created_by_id", old_values."id", old_values."is_demonstration", old_values."keys", old_values."kind", old_values."merged_into_id", old_values."name", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."title", old_values."uid", old_values."version" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                                    hash="a33dae48c1cd0b92c422d98aff202ddd63c6ac09",
                                    level="STATEMENT",
                                    operation="UPDATE",
                                    pgid="pgtrigger_changed_update_f5307",
                                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                                    table="articles_speaker",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Intake",
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
                            "capture",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="intakes",
                                to="articles.capture",
                            ),
                        ),
                        ("reader", models.CharField(max_length=40, verbose_name="read as")),
                        (
                            "article",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="intakes",
                                to="articles.article",
                            ),
                        ),
                        ("refusal", models.CharField(blank=True, max_length=500, verbose_name="why it was refused")),
                    ],
                    options={
                        "verbose_name": "intake",
                        "verbose_name_plural": "intakes",
                        "default_permissions": (),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("article__isnull", False), ("refusal", "")),
                                    models.Q(("article", None), models.Q(("refusal", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="intake_became_an_article_or_says_why_not",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="831647e0beea5281737d5a3e67ace3ff90943e23",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_23eaa",
                                    table="articles_intake",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Revision",
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
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revisions",
                                to="articles.article",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="number")),
                        ("headline", models.TextField(verbose_name="headline")),
                        ("blocks", models.JSONField(verbose_name="blocks")),
                        ("text", models.TextField(verbose_name="canonical text")),
                        ("text_sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("removed", models.JSONField(blank=True, default=list, verbose_name="removed lines")),
                        (
                            "capture",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="articles.capture",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="what changed")),
                        (
                            "headline_words",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.contrib.postgres.search.SearchVector("headline", config="simple"),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "revision",
                        "verbose_name_plural": "revisions",
                        "ordering": ["article", "number"],
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(fields=("article", "number"), name="revision_number_once"),
                            models.UniqueConstraint(fields=("id", "article"), name="revision_belongs_to_article"),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)), name="revision_number_from_one"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("headline__regex", "\\S")), name="revision_headline_is_not_empty"
                            ),
                            models.CheckConstraint(
                                condition=models.Func(
                                    models.F("text"),
                                    models.F("headline"),
                                    function="starts_with",
                                    output_field=models.BooleanField(),
                                ),
                                name="revision_text_starts_with_headline",
                            ),
                            models.CheckConstraint(
                                condition=django.db.models.lookups.Exact(
                                    models.F("text_sha256"),
                                    models.Func(
                                        models.Func(
                                            models.Func(models.F("text"), models.Value("UTF8"), function="convert_to"),
                                            function="sha256",
                                        ),
                                        models.Value("hex"),
                                        function="encode",
                                        output_field=models.CharField(max_length=64),
                                    ),
                                ),
                                name="revision_text_matches_its_hash",
                            ),
                        ],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["headline_words"], name="revision_headline_words"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="d3b32662877eb1d3d891fe2884400d27e7a64c1d",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_dc309",
                                    table="articles_revision",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Snapshot",
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
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="snapshots",
                                to="articles.source",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="number")),
                        ("text", models.TextField(verbose_name="text")),
                        ("text_sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("capture", "captured text"),
                                    ("transcript", "transcript"),
                                    ("desk_note", "note by the desk"),
                                    ("paraphrase", "paraphrase"),
                                ],
                                max_length=10,
                                verbose_name="basis",
                            ),
                        ),
                        (
                            "capture",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="snapshots",
                                to="articles.capture",
                            ),
                        ),
                        ("captured_at", models.DateTimeField(verbose_name="captured")),
                        ("note", models.TextField(blank=True, verbose_name="how this text was obtained")),
                    ],
                    options={
                        "verbose_name": "snapshot",
                        "verbose_name_plural": "snapshots",
                        "ordering": ["source", "number"],
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(fields=("source", "number"), name="snapshot_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(("text__regex", "\\S")), name="snapshot_has_text"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("basis__in", ["capture", "transcript", "desk_note", "paraphrase"])),
                                name="snapshot_basis_is_known",
                            ),
                            models.CheckConstraint(
                                condition=django.db.models.lookups.Exact(
                                    models.F("text_sha256"),
                                    models.Func(
                                        models.Func(
                                            models.Func(models.F("text"), models.Value("UTF8"), function="convert_to"),
                                            function="sha256",
                                        ),
                                        models.Value("hex"),
                                        function="encode",
                                        output_field=models.CharField(max_length=64),
                                    ),
                                ),
                                name="snapshot_text_matches_its_hash",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="f3d87c7531791b2a53b0cdd151abb1baf09b2512",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_2487c",
                                    table="articles_snapshot",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SourceAdmission",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="admissions",
                                to="articles.source",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "source admission",
                        "verbose_name_plural": "source admissions",
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(fields=("source", "person"), name="source_admission_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SourceEvent",
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
                                to="articles.source",
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
                        ("title", models.CharField(max_length=500, verbose_name="title")),
                        ("publisher", models.CharField(blank=True, max_length=300, verbose_name="publisher")),
                        ("kind", models.CharField(blank=True, max_length=100, verbose_name="kind")),
                        ("url", models.URLField(blank=True, max_length=2000, verbose_name="address")),
                        ("url_note", models.CharField(blank=True, max_length=500, verbose_name="note on the address")),
                        ("published_date", models.DateField(blank=True, null=True, verbose_name="published")),
                        ("obtained_from", models.CharField(blank=True, max_length=500, verbose_name="obtained from")),
                        ("interests", models.TextField(blank=True, verbose_name="interests of the publisher")),
                        ("language", models.CharField(blank=True, max_length=35, verbose_name="language")),
                        (
                            "rights",
                            models.CharField(
                                choices=[
                                    ("own", "our own"),
                                    ("licensed", "licensed"),
                                    ("quotation_only", "quotation only"),
                                    ("public_domain", "public domain"),
                                    ("unknown", "unknown"),
                                ],
                                default="unknown",
                                max_length=14,
                                verbose_name="rights",
                            ),
                        ),
                        ("rights_terms", models.TextField(blank=True, verbose_name="terms")),
                        ("rights_end_date", models.DateField(blank=True, null=True, verbose_name="rights end")),
                        (
                            "access",
                            models.CharField(
                                choices=[("desk", "the desk"), ("restricted", "named people only")],
                                default="desk",
                                max_length=10,
                                verbose_name="access",
                            ),
                        ),
                        ("access_reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                        ("is_demonstration", models.BooleanField(default=False, verbose_name="demonstration")),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="e9730fb735902e4ea577448ced0e34f1aa9850ea",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_dd193",
                                    table="articles_sourceevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Span",
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
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="spans", to="articles.article"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "span",
                        "verbose_name_plural": "spans",
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(fields=("id", "article"), name="span_belongs_to_article")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="73058c2f671a9dbc363d66a23cb645c7685449d4",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_2ff81",
                                    table="articles_span",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="span_stands_on_the_head",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    func="\n                    IF NOT EXISTS (\n                        SELECT FROM articles_currentanchor c JOIN articles_article a ON a.head_id = c.revision_id\n                        WHERE c.span_id = NEW.id AND a.id = NEW.article_id\n                    ) THEN\n                        RAISE EXCEPTION 'span % has no anchor on the newest revision of its article', NEW.uid\n                            USING ERRCODE = 'integrity_constraint_violation';\n                    END IF;\n                    RETURN NULL;\n                    ",
                                    hash="4c569a28f8f232ead5d02fcf9cfcc79463ec3dfe",
                                    operation="INSERT",
                                    pgid="pgtrigger_span_stands_on_the_head_2b91c",
                                    table="articles_span",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SpeakerEvent",
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
                                to="articles.speaker",
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
                        ("name", models.CharField(max_length=300, verbose_name="name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("person", "person"),
                                    ("organisation", "organisation"),
                                    ("state", "state"),
                                    ("group", "unnamed group"),
                                ],
                                default="person",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
                        ("affiliation", models.CharField(blank=True, max_length=300, verbose_name="affiliation")),
                        (
                            "aliases",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=300),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="also known as",
                            ),
                        ),
                        (
                            "keys",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=300),
                                blank=True,
                                default=list,
                                editable=False,
                                size=None,
                            ),
                        ),
                        (
                            "merged_into",
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
                        ("is_demonstration", models.BooleanField(default=False)),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="b96a54c42c94c3c782eb3687ff7ebfa1b9c64c7f",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_78460",
                                    table="articles_speakerevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Admission",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="admissions",
                                to="articles.article",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ground",
                            models.CharField(
                                choices=[("named", "named in the restriction"), ("assigned", "assigned to it")],
                                max_length=8,
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "admission",
                        "verbose_name_plural": "admissions",
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(fields=("article", "person", "ground"), name="admission_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drafts",
                                to="articles.article",
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "base",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.revision"
                            ),
                        ),
                        ("headline", models.TextField(blank=True)),
                        ("body", models.TextField(blank=True)),
                        ("saved_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "draft",
                        "verbose_name_plural": "drafts",
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(fields=("article", "author"), name="draft_one_per_author")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArticleEvent",
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
                                to="articles.article",
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
                            "head",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="articles.revision",
                                verbose_name="newest revision",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("incoming", "Incoming"),
                                    ("editing", "Being edited"),
                                    ("checking", "Being checked"),
                                    ("approved", "Approved"),
                                    ("published", "Published"),
                                    ("corrected", "Corrected"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="incoming",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("embargo_until", models.DateTimeField(blank=True, null=True, verbose_name="embargo until")),
                        ("slug", models.SlugField(db_index=False, max_length=120, verbose_name="slug")),
                        ("language", models.CharField(blank=True, max_length=35, verbose_name="language")),
                        ("outlet", models.CharField(blank=True, max_length=200, verbose_name="outlet")),
                        ("byline", models.CharField(blank=True, max_length=300, verbose_name="byline")),
                        (
                            "canonical_url",
                            models.URLField(blank=True, max_length=2000, verbose_name="canonical address"),
                        ),
                        ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
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
                        ("received_at", models.DateTimeField(verbose_name="received")),
                        (
                            "rights",
                            models.CharField(
                                choices=[
                                    ("own", "our own"),
                                    ("licensed", "licensed"),
                                    ("quotation_only", "quotation only"),
                                    ("public_domain", "public domain"),
                                    ("unknown", "unknown"),
                                ],
                                default="unknown",
                                max_length=14,
                                verbose_name="rights",
                            ),
                        ),
                        ("rights_terms", models.TextField(blank=True, verbose_name="terms")),
                        ("rights_end_date", models.DateField(blank=True, null=True, verbose_name="rights end")),
                        (
                            "access",
                            models.CharField(
                                choices=[("desk", "the desk"), ("restricted", "named people only")],
                                default="desk",
                                max_length=10,
                                verbose_name="access",
                            ),
                        ),
                        ("access_reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                        ("is_demonstration", models.BooleanField(default=False, verbose_name="demonstration")),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="97e38e30f4f2ced7f80fc829b7756986ceddd8a6",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_2e536",
                                    table="articles_articleevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Anchor",
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
                            "span",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="anchors", to="articles.span"
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="anchors",
                                to="articles.revision",
                            ),
                        ),
                        ("sequence", models.PositiveSmallIntegerField(default=1)),
                        ("start", models.PositiveIntegerField(null=True)),
                        ("end", models.PositiveIntegerField(null=True)),
                        ("exact", models.TextField(verbose_name="words")),
                        ("prefix", models.CharField(blank=True, max_length=32)),
                        ("suffix", models.CharField(blank=True, max_length=32)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("anchored", "anchored"),
                                    ("needs_review", "needs a look"),
                                    ("orphaned", "without a place"),
                                ],
                                default="anchored",
                                max_length=12,
                            ),
                        ),
                        ("reason", models.CharField(max_length=20)),
                    ],
                    options={
                        "verbose_name": "anchor",
                        "verbose_name_plural": "anchors",
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("span", "revision", "sequence"), name="anchor_sequence_once"
                            ),
                            models.UniqueConstraint(fields=("id", "span", "revision"), name="anchor_belongs_to_span"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("end__gt", models.F("start")), ("start__gte", 0)),
                                    models.Q(("end", None), ("start", None), ("state", "orphaned")),
                                    _connector="OR",
                                ),
                                name="anchor_offsets_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "orphaned"), _negated=True), ("start", None), _connector="OR"
                                ),
                                name="anchor_without_a_place_has_no_offsets",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("exact", ""), _negated=True), name="anchor_has_words"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="b996cd0f8d46775cb25060510e02efc0b8a2eea7",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_19fe2",
                                    table="articles_anchor",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="exact_is_in_the_text",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE revision record; anchor record; blocks text[]; block integer; block_start integer; block_length integer; words text;",
                                    func="\n                    FOR revision IN\n                        SELECT r.id, r.article_id, r.text, count(*) AS anchors\n                        FROM articles_revision r JOIN written w ON w.revision_id = r.id\n                        GROUP BY r.id\n                    LOOP\n                        blocks := CASE WHEN revision.anchors > 20 THEN string_to_array(revision.text, E'\\n\\n') END;\n                        block := 1;\n                        block_start := 0;\n                        block_length := char_length(blocks[1]);\n                        FOR anchor IN\n                            SELECT w.start, w.\"end\", w.exact, w.uid, s.article_id\n                            FROM written w JOIN articles_span s ON s.id = w.span_id\n                            WHERE w.revision_id = revision.id ORDER BY w.start NULLS LAST\n                        LOOP\n                            IF anchor.article_id <> revision.article_id THEN\n                                RAISE EXCEPTION 'anchor % joins a span and a revision of two articles', anchor.uid\n                                    USING ERRCODE = 'integrity_constraint_violation';\n                            END IF;\n                            CONTINUE WHEN anchor.start IS NULL;\n                            WHILE blocks IS NOT NULL AND block < cardinality(blocks)\n                                AND anchor.start >= block_start + block_length + 2\n                            LOOP\n                                block_start := block_start + block_length + 2;\n                                block := block + 1;\n                                block_length := char_length(blocks[block]);\n                            END LOOP;\n                            IF blocks IS NOT NULL AND anchor.\"end\" <= block_start + block_length\n                                AND anchor.start >= block_start\n                            THEN\n                                words := substr(\n                                    blocks[block], anchor.start - block_start + 1, anchor.\"end\" - anchor.start);\n                            ELSE\n                                words := substr(revision.text, anchor.start + 1, anchor.\"end\" - anchor.start);\n                            END IF;\n                            IF words IS DISTINCT FROM anchor.exact THEN\n                                RAISE EXCEPTION 'anchor % does not stand on the words it names', anchor.uid\n                                    USING ERRCODE = 'integrity_constraint_violation';\n                            END IF;\n                        END LOOP;\n                    END LOOP;\n                    RETURN NULL;\n                    ",
                                    hash="860fb47a9f11857dbff4bd89cb961adcba2e6617",
                                    level="STATEMENT",
                                    operation="INSERT",
                                    pgid="pgtrigger_exact_is_in_the_text_3aa63",
                                    referencing="REFERENCING NEW TABLE AS written ",
                                    table="articles_anchor",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Passage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "snapshot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="passages",
                                to="articles.snapshot",
                            ),
                        ),
                        ("position", models.PositiveIntegerField()),
                        ("start", models.PositiveIntegerField()),
                        ("end", models.PositiveIntegerField()),
                        ("text", models.TextField()),
                        ("words", django.contrib.postgres.search.SearchVectorField()),
                    ],
                    options={
                        "verbose_name": "passage",
                        "verbose_name_plural": "passages",
                        "ordering": ["snapshot", "position"],
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(fields=("snapshot", "position"), name="passage_position_once"),
                            models.CheckConstraint(
                                condition=models.Q(("end__gt", models.F("start"))), name="passage_offsets_in_order"
                            ),
                        ],
                        "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["words"], name="passage_words")],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="8a39143d7e1a218453b61bc198de935db16cdf81",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_ca353",
                                    table="articles_passage",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Quote",
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
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="quotes",
                                to="articles.article",
                            ),
                        ),
                        (
                            "span",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="quote", to="articles.span"
                            ),
                        ),
                        (
                            "speaker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="quotes",
                                to="articles.speaker",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("direct", "direct"), ("indirect", "indirect"), ("mixed", "mixed")],
                                max_length=8,
                                verbose_name="kind",
                            ),
                        ),
                        ("cue", models.CharField(blank=True, max_length=200, verbose_name="cue")),
                        ("mention", models.CharField(blank=True, max_length=300, verbose_name="speaker as printed")),
                        ("language", models.CharField(blank=True, max_length=35, verbose_name="language spoken")),
                        (
                            "wording",
                            models.CharField(
                                choices=[
                                    ("original", "as spoken"),
                                    ("translation", "a translation"),
                                    ("unknown", "unknown"),
                                ],
                                default="unknown",
                                max_length=11,
                                verbose_name="printed words are",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "quote",
                        "verbose_name_plural": "quotes",
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
                                name="articles_quote_machine_has_a_name",
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
                                name="articles_quote_decision_has_a_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("retracted_at", None), ("retracted_by", None)),
                                    models.Q(("retracted_at__isnull", False), ("retracted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="articles_quote_retraction_has_a_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confidence", None),
                                    models.Q(("confidence__gte", 0), ("confidence__lte", 1)),
                                    _connector="OR",
                                ),
                                name="articles_quote_confidence_is_a_share",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["direct", "indirect", "mixed"])),
                                name="quote_kind_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("wording__in", ["original", "translation", "unknown"])),
                                name="quote_wording_is_known",
                            ),
                        ],
                        "indexes": [models.Index(fields=["speaker", "-created_at"], name="quote_by_speaker")],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="counted_versions",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n            IF NEW.uid <> OLD.uid THEN\n                RAISE EXCEPTION 'the uid of a row never changes' USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF NEW.version <> OLD.version + 1 THEN\n                RAISE EXCEPTION 'version % must follow %', NEW.version, OLD.version\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NEW;\n            ",
                                    hash="1dd09358dc6afdd19e2f27ddd83215784d8695f1",
                                    operation="UPDATE",
                                    pgid="pgtrigger_counted_versions_02b0b",
                                    table="articles_quote",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_deleted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="18a95fc60e8b135a8fbf32ea7a8aad59a9871362",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_deleted_5d4ce",
                                    table="articles_quote",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="changed_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "articles_quoteevent" ("article_id", "confidence", "created_at", "created_by_id", "cue", "decided_at", "decided_by_id", "id", "kind", "language", "mention", "note", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposer", "proposer_version", "retracted_at", "retracted_by_id", "retraction_reason", "rule", "span_id", "speaker_id", "uid", "version", "wording") SELECT old_values."article_id", old_values."confidence", old_values."created_at", old_values."created_by_id", old_values."cue", old_values."decided_at", old_values."decided_by_id", old_values."id", old_values."kind", old_values."language", old_values."mention", old_values."note", old_values."origin", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."proposer", old_values."proposer_version", old_values."retracted_at", old_values."retracted_by_id", old_values."retraction_reason", old_values."rule", old_values."span_id", old_values."speaker_id", old_values."uid", old_values."version", old_values."wording" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                                    hash="17ce8ac99ff64a3c418bee7b71bff8bad512581a",
                                    level="STATEMENT",
                                    operation="UPDATE",
                                    pgid="pgtrigger_changed_update_44b79",
                                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                                    table="articles_quote",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CurrentAnchor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "span",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="current_anchors",
                                to="articles.span",
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="current_anchors",
                                to="articles.revision",
                            ),
                        ),
                        (
                            "anchor",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.anchor"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "current anchor",
                        "verbose_name_plural": "current anchors",
                        "default_permissions": (),
                        "constraints": [
                            models.UniqueConstraint(fields=("span", "revision"), name="current_anchor_one_per_revision")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuoteEvent",
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
                                to="articles.quote",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[("direct", "direct"), ("indirect", "indirect"), ("mixed", "mixed")],
                                max_length=8,
                                verbose_name="kind",
                            ),
                        ),
                        ("cue", models.CharField(blank=True, max_length=200, verbose_name="cue")),
                        ("mention", models.CharField(blank=True, max_length=300, verbose_name="speaker as printed")),
                        ("language", models.CharField(blank=True, max_length=35, verbose_name="language spoken")),
                        (
                            "wording",
                            models.CharField(
                                choices=[
                                    ("original", "as spoken"),
                                    ("translation", "a translation"),
                                    ("unknown", "unknown"),
                                ],
                                default="unknown",
                                max_length=11,
                                verbose_name="printed words are",
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
                                    hash="7220e50721c3309fe25ac991e2137cadf4f57443",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_947ce",
                                    table="articles_quoteevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddField(
                    model_name="article",
                    name="head",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.revision",
                        verbose_name="newest revision",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="article",
                    trigger=pgtrigger.compiler.Trigger(
                        name="spans_stand_on_the_head",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n                    IF EXISTS (\n                        SELECT FROM articles_span s JOIN articles_article a ON a.id = s.article_id\n                        WHERE s.article_id = NEW.id AND NOT EXISTS (\n                            SELECT FROM articles_currentanchor c\n                            WHERE c.span_id = s.id AND c.revision_id = a.head_id)\n                    ) THEN\n                        RAISE EXCEPTION 'a span of article % has no anchor on its newest revision', NEW.uid\n                            USING ERRCODE = 'integrity_constraint_violation';\n                    END IF;\n                    RETURN NULL;\n                    ",
                            hash="03a0b431ccf02bf1a029929fc10a5538b20f25f6",
                            operation='UPDATE OF "head_id"',
                            pgid="pgtrigger_spans_stand_on_the_head_6e685",
                            table="articles_article",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
