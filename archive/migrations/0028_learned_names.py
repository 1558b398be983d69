"""Names that documents brought: those that a document writes now."""

from django.db import migrations, models
from django.db.models import Exists, OuterRef


def tell_learned(apps, schema_editor):
    names, contributions = (apps.get_model("archive", each) for each in ("AgentName", "Contribution"))
    written = contributions.objects.filter(agent=OuterRef("agent"), as_written=OuterRef("value"))
    names.objects.filter(Exists(written)).update(learned=True)


class Migration(migrations.Migration):
    dependencies = [("archive", "0027_things_after_a_look")]

    operations = [
        migrations.AddField(
            model_name="agentname",
            name="learned",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunPython(tell_learned, migrations.RunPython.noop),
    ]
