
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0010_selection'),
        ('workflows', '0003_delivery_details'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='fundingstep',
            name='fundingstep_original_whole',
        ),
        migrations.RemoveConstraint(
            model_name='ledgerentry',
            name='ledger_original_whole',
        ),
        migrations.AddConstraint(
            model_name='fundingstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('original_amount__isnull', True), ('original_currency', '')), models.Q(('original_amount__gte', 0), ('original_amount__isnull', False), models.Q(('original_currency', ''), _negated=True)), _connector='OR'), name='fundingstep_original_whole'),
        ),
        migrations.AddConstraint(
            model_name='ledgerentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('original_amount__isnull', True), ('original_currency', '')), models.Q(('original_amount__gt', 0), ('original_amount__isnull', False), models.Q(('original_currency', ''), _negated=True)), _connector='OR'), name='ledger_original_whole'),
        ),
    ]
