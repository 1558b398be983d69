"""The last datestamp: from now on harvesters are told no later time than this one."""

from django.db import migrations, models
from django.db.models import Max
from django.utils import timezone


def begin(apps, schema_editor):
    """Begin after every datestamp there is."""
    last = apps.get_model("archive", "Representation").objects.aggregate(last=Max("changed_at"))["last"]
    moments = [timezone.now(), *([last] if last else [])]
    apps.get_model("archive", "LastDatestamp").objects.create(pk=1, moment=max(moments))


class Migration(migrations.Migration):

    dependencies = [
        ("archive", "0014_sets"),
    ]

    operations = [
        migrations.CreateModel(
            name="LastDatestamp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("moment", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
