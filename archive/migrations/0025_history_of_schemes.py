from django.db import migrations, models


class Migration(migrations.Migration):
    """Schemes of concepts have versions, as everything else that documents refer to."""

    dependencies = [
        ('archive', '0024_reading'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='entityrevision',
            name='archive_entity_revision_kind_is_known',
        ),
        migrations.AlterField(
            model_name='entityrevision',
            name='kind',
            field=models.CharField(choices=[('agent', 'agent'), ('place', 'place'), ('concept', 'concept'), ('conceptscheme', 'concept scheme'), ('archivalunit', 'archival unit'), ('collection', 'collection')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='entityrevision',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['agent', 'place', 'concept', 'conceptscheme', 'archivalunit', 'collection'])), name='archive_entity_revision_kind_is_known'),
        ),
    ]
