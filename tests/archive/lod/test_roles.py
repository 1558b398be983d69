"""Every role that a person can have in a document can be published."""

from archive.lod.context import names
from archive.lod.records import ROLE_PROPERTIES


def test_every_property_of_a_role_has_its_name_in_the_context():
    properties = {each.value for role in ROLE_PROPERTIES.values() for each in role}

    assert properties <= set(names())
