"""marcxml: what a union catalogue wants of a record in MARC 21, so that it can be filed beside others."""

from __future__ import annotations

from archive.readiness import Profile, Requirement, Severity
from harvest.profiles import questions

PROFILE = Profile(
    "marcxml",
    "Library catalogues (MARC 21)",
    (
        Requirement("title", "A title of its own: now it is called “[Untitled]”.", questions.has_title),
        Requirement("maker", "Who made it: a sender or an author.", questions.has_creator, Severity.RECOMMENDED),
        Requirement(
            "kinds",
            "Whether each name is that of a person, a family or a corporate body: where that is unknown, it is no "
            "entry (field 720).",
            questions.has_known_kinds,
            Severity.RECOMMENDED,
        ),
        Requirement("date", "A date.", questions.has_date, Severity.RECOMMENDED),
        Requirement("language", "The language of each text.", questions.has_language, Severity.RECOMMENDED),
        Requirement("subject", "A subject, a place or a type.", questions.has_subject, Severity.RECOMMENDED),
    ),
)
