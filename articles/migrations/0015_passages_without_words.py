"""The words of passages are in a table of their own; see 0014_passage_words."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0014_passage_words"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="passage",
            name="passage_words",
        ),
        migrations.RemoveField(
            model_name="passage",
            name="words",
        ),
    ]
