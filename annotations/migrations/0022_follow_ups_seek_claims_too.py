from django.db import migrations, models


class Migration(migrations.Migration):
    """Only the words for what is done: claims are sought with the quotes."""

    dependencies = [
        ("annotations", "0021_hand_overs"),
    ]

    operations = [
        migrations.AlterField(
            model_name="followup",
            name="kind",
            field=models.CharField(
                choices=[("likes", "made findable by their likes"), ("quotes", "searched for quotes and claims")],
                max_length=20,
                verbose_name="kind",
            ),
        ),
    ]
