from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0004_questionnaires"),
    ]

    operations = [
        migrations.AddField(
            model_name="strategyupload",
            name="source_digest",
            field=models.CharField(default="", max_length=64, verbose_name="SHA-256 of the document"),
            preserve_default=False,
        ),
    ]
