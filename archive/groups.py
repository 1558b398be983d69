"""Groups: who may do what in the archive, as the migrations write it.

A group of this name that a site has already gets what it lacks, and nothing is ever taken from one: what a
site's administrator grants beyond this stays. A migration that adds a model or a permission calls ``grant`` again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CATALOGUER = "Archive cataloguer"
EDITOR = "Archive editor"
ADMINISTRATOR = "Archive administrator"

#: What a cataloguer describes with, and may see, add and change.
DESCRIBED = (
    "agent",
    "archivalreference",
    "archivalunit",
    "concept",
    "document",
    "page",
    "place",
)
#: Parts of these, which a cataloguer may also take away.
PARTS = (
    "agentname",
    "authoritylink",
    "conceptlabel",
    "contribution",
    "documentevent",
    "documentnumber",
    "documentrelation",
    "placename",
    "subject",
    "text",
)
#: What a cataloguer sees, and verbs or other people write.
SEEN = (
    "accession",
    "accessionitem",
    "accessionsource",
    "collection",
    "columnmapping",
    "conceptscheme",
    "original",
    "representation",
    "statechange",
)

CATALOGUING = frozenset(
    {
        *(f"{verb}_{model}" for model in DESCRIBED for verb in ("view", "add", "change")),
        *(f"{verb}_{model}" for model in (*PARTS, "archivalreference") for verb in ("view", "add", "change", "delete")),
        *(f"view_{model}" for model in SEEN),
        "add_accession",
    }
)
EDITING = CATALOGUING | {
    "publish_document",
    "withdraw_document",
    "merge_authority",
    "bulk_edit_document",
    "delete_document",
    "view_job",
    "view_jobitem",
    "view_storedquery",
    *(
        f"{verb}_{model}"
        for model in ("collection", "columnmapping", "conceptscheme", "storedquery")
        for verb in ("add", "change", "delete")
    ),
    *(f"delete_{model}" for model in ("agent", "archivalunit", "concept", "page", "place")),
}
#: Codenames of permissions by group; None stands for all that the archive has.
GROUPS: dict[str, frozenset[str] | None] = {CATALOGUER: CATALOGUING, EDITOR: EDITING, ADMINISTRATOR: None}


def grant(apps: Any, schema_editor: Any) -> None:
    """Make the groups where they lack, and give them the permissions that they lack. For ``RunPython``."""
    grant_in("archive", GROUPS, apps, schema_editor)


def grant_in(label: str, groups: Mapping[str, frozenset[str] | None], apps: Any, schema_editor: Any) -> None:
    """Give groups what they lack of an app's permissions; None stands for all of them.

    Permissions are otherwise made after all migrations, so this makes those of the app first.
    """
    from django.contrib.auth.management import create_permissions

    using = schema_editor.connection.alias
    app = apps.get_app_config(label)
    module = getattr(app, "models_module", None)
    app.models_module = module or True  # the stand-in that a migration sees has none, and would be passed over
    create_permissions(app, apps=apps, verbosity=0, using=using)
    app.models_module = module
    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    ours = permission.objects.using(using).filter(content_type__app_label=label)
    for name, codenames in groups.items():
        wanted = ours if codenames is None else ours.filter(codename__in=codenames)
        group.objects.using(using).get_or_create(name=name)[0].permissions.add(*wanted)
