from django.db import migrations

from archive.groups import grant


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0006_jobs'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
