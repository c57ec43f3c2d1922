import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from articles.migrating import Together


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("newsdesk", "0001_initial"),
    ]

    operations = [
        Together(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="user",
                    name="changed_update",
                ),
                migrations.AddField(
                    model_name="user",
                    name="keymap",
                    field=models.JSONField(blank=True, default=dict, editable=False, verbose_name="own keys"),
                ),
                migrations.AddField(
                    model_name="userevent",
                    name="keymap",
                    field=models.JSONField(blank=True, default=dict, editable=False, verbose_name="own keys"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="user",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "newsdesk_userevent" ("date_joined", "email", "id", "is_active", "is_staff", "is_superuser", "keymap", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "uid", "username") SELECT old_values."date_joined", old_values."email", old_values."id", old_values."is_active", old_values."is_staff", old_values."is_superuser", old_values."keymap", old_values."name", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."uid", old_values."username" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."date_joined" IS DISTINCT FROM (new_values."date_joined") OR old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."is_staff" IS DISTINCT FROM (new_values."is_staff") OR old_values."is_superuser" IS DISTINCT FROM (new_values."is_superuser") OR old_values."keymap" IS DISTINCT FROM (new_values."keymap") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."uid" IS DISTINCT FROM (new_values."uid") OR old_values."username" IS DISTINCT FROM (new_values."username")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="e6e252530a477970a030124654f20b49f17576f5",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_80236",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="newsdesk_user",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="user",
                    constraint=models.CheckConstraint(
                        condition=models.Func(
                            models.F("keymap"),
                            output_field=models.BooleanField(),
                            template='jsonb_path_match(%(expressions)s, \'\n    strict $.type() == "object" && !exists($.* ? (@.type() != "string" || !(@ like_regex "^.$")))\n\')',
                        ),
                        name="user_keymap_has_single_keys",
                    ),
                ),
            ]
        ),
    ]
