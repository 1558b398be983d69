
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("archive", "0012_tables"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='archivalunit',
            name='archive_unit_code_once',
        ),
        migrations.RemoveConstraint(
            model_name='archivalunit',
            name='archive_unit_has_a_code',
        ),
        migrations.AddField(
            model_name='archivalunit',
            name='date',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name='archivalunit',
            name='identity',
            field=models.CharField(blank=True, editable=False, max_length=600, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='archivalunit',
            name='internal_note',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='archivalunit',
            name='said',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='archivalunit',
            name='statements',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AlterField(
            model_name='archivalunit',
            name='code',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name='archivalunit',
            name='dates',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AlterField(
            model_name='archivalunit',
            name='level',
            field=models.CharField(choices=[('repository', 'repository'), ('fond', 'fond'), ('opis', 'opis'), ('papka', 'papka'), ('delo', 'delo'), ('list', 'list'), ('collection', 'collection'), ('subfonds', 'subfonds'), ('series', 'series'), ('subseries', 'subseries'), ('file', 'file'), ('item', 'item'), ('other', 'unit')], max_length=20),
        ),
        migrations.AlterField(
            model_name='archivalunit',
            name='title',
            field=models.CharField(blank=True, max_length=1000),
        ),
        migrations.AddIndex(
            model_name='archivalunit',
            index=models.Index(fields=['parent', 'code'], name='archive_unit_in_parent'),
        ),
        migrations.AddConstraint(
            model_name='archivalunit',
            constraint=models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('parent', 'level', 'code'), name='archive_unit_code_once'),
        ),
        migrations.AddConstraint(
            model_name='archivalunit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), ('identity__isnull', False), _connector='OR'), name='archive_unit_has_a_code_or_an_identity'),
        ),
    ]
