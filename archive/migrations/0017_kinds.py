import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

KINDS = [
    ("document", "document"),
    ("unit", "archival unit"),
    ("agent", "agent"),
    ("place", "place"),
    ("concept", "concept"),
    ("collection", "collection"),
]


def number_documents(apps, schema_editor):
    apps.get_model("archive", "Representation").objects.update(number=F("document_id"))


class Migration(migrations.Migration):

    dependencies = [
        ("archive", "0016_undo"),
    ]

    operations = [
        migrations.AddField(
            model_name='representation',
            name='kind',
            field=models.CharField(choices=KINDS, default='document', max_length=20),
        ),
        migrations.AddField(
            model_name='representation',
            name='number',
            field=models.BigIntegerField(null=True),
        ),
        migrations.RunPython(number_documents, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='representation',
            name='archive_representation_once',
        ),
        migrations.RemoveConstraint(
            model_name='representation',
            name='archive_representation_once_per_document',
        ),
        migrations.RemoveIndex(
            model_name='representation',
            name='archive_representation_by_time',
        ),
        migrations.AlterField(
            model_name='representation',
            name='number',
            field=models.BigIntegerField(),
        ),
        migrations.AlterField(
            model_name='representation',
            name='document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='representations', to='archive.document'),
        ),
        migrations.AlterField(
            model_name='representation',
            name='identifier',
            field=models.CharField(max_length=100),
        ),
        migrations.AddIndex(
            model_name='representation',
            index=models.Index(fields=['format', 'changed_at', 'number'], name='archive_representation_by_time'),
        ),
        migrations.AddConstraint(
            model_name='representation',
            constraint=models.UniqueConstraint(fields=('identifier', 'format'), name='archive_representation_once'),
        ),
        migrations.AddConstraint(
            model_name='representation',
            constraint=models.UniqueConstraint(fields=('number', 'format'), name='archive_representation_once_per_number'),
        ),
        migrations.AddConstraint(
            model_name='representation',
            constraint=models.CheckConstraint(condition=Q(document=F('number'), kind='document') | (~Q(kind='document') & Q(document=None)), name='archive_representation_document'),
        ),
        migrations.CreateModel(
            name='Stale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=KINDS, max_length=20)),
                ('thing', models.BigIntegerField()),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(fields=['kind', 'thing'], name='archive_stale_by_thing')],
            },
        ),
    ]
