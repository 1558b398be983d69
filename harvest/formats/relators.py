"""The parts that people have in a document, as codes of MARC relators (id.loc.gov/vocabulary/relators)."""

from __future__ import annotations

#: By the roles of archive.models.contribution. There is none for who sends: a correspondent is either side of a letter.
RELATORS = {
    "sender": "crp",
    "addressee": "rcp",
    "copy recipient": "rcp",
    "author": "aut",
    "signatory": "sgn",
    "translator": "trl",
    "transcriber": "trc",
    "editor": "edt",
    "intermediary": "ctb",
    "contributor": "ctb",
}

#: Roles that make a document; the same that stand in dc:creator.
CREATORS = frozenset({"sender", "author"})
