from django.db import migrations
from django.utils import timezone

from annotations.operations.desk.seeding import seed_desk


def seed(apps, schema_editor):
    seed_desk(apps, at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0002_laws"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("newsdesk", "0001_initial"),
    ]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
