
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("archive", "0008_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EntityRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('act', models.CharField(max_length=30)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('contents', models.JSONField()),
                ('checksum', models.CharField(max_length=64)),
                ('kind', models.CharField(choices=[('agent', 'agent'), ('place', 'place'), ('concept', 'concept'), ('archivalunit', 'archival unit'), ('collection', 'collection')], max_length=20)),
                ('key', models.PositiveBigIntegerField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['kind', 'key', '-number'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('kind', 'key', 'number'), name='archive_entity_revision_number_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='archive_entity_revision_counts_from_one'), models.CheckConstraint(condition=models.Q(('kind__in', ['agent', 'place', 'concept', 'archivalunit', 'collection'])), name='archive_entity_revision_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Proof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('format', models.CharField(max_length=50)),
                ('asked_at', models.DateTimeField()),
                ('made_at', models.DateTimeField(blank=True, null=True)),
                ('text', models.TextField(blank=True)),
                ('cut_off', models.PositiveIntegerField(default=0)),
                ('problem', models.TextField(blank=True)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proofs', to='archive.document')),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(fields=['asked_at'], name='archive_proof_by_time')],
                'constraints': [models.UniqueConstraint(fields=('document', 'format'), name='archive_proof_once')],
            },
        ),
    ]
