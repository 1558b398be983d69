"""Sets: the groups of documents that harvesters can ask for, named by OAI setSpecs.

``specs_of``  says in which sets documents are, with a number of queries that does not depend on theirs.
``titles``    says what sets are called, for those who list them.

A setSpec is built of parts joined by colons (OAI-PMH 2.0, section 2.6), and an item of a set is an item of every set
above it. What kind of set it is stands in the first part: a collection, an archival unit by its level, a language, a
type, a stored query. One module each says which documents are in the sets of its kind, and what they are called.
"""

from archive.sets.collections import spec_of
from archive.sets.memberships import Member, specs_of
from archive.sets.titles import Title, titles
from archive.sets.words import TYPE

__all__ = ["TYPE", "Member", "Title", "spec_of", "specs_of", "titles"]
