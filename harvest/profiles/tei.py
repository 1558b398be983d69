"""tei: what correspSearch and other indexes of letters want of a record in TEI, to find it by who wrote to whom.

The format asks for words alone; the rest is what makes a letter findable (the guidelines of the Correspondence Metadata
Interchange Format).
"""

from __future__ import annotations

from archive.readiness import Profile, Requirement, Severity
from harvest.profiles import questions

PROFILE = Profile(
    "tei",
    "Indexes of letters (TEI)",
    (
        Requirement("text", "A text: a record in TEI is made of its words.", questions.has_words),
        Requirement("correspondents", "Who sent it, or to whom it went.", questions.has_correspondent),
        Requirement("date", "A date.", questions.has_date, Severity.RECOMMENDED),
        Requirement(
            "authorities",
            "For sender and addressee the address of an authority file, as http://viaf.org/viaf/101904373.",
            questions.has_known_correspondents,
            Severity.RECOMMENDED,
        ),
        Requirement("language", "The language of each text.", questions.has_language, Severity.RECOMMENDED),
    ),
)
