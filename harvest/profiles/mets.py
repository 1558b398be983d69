"""mets: what digital libraries want of a record in METS, so that their viewers can show the document."""

from __future__ import annotations

from archive.readiness import Profile, Requirement, Severity
from harvest.profiles import questions

PROFILE = Profile(
    "mets",
    "Digital libraries (METS)",
    (
        Requirement("title", "A title of its own: now it is called “[Untitled]”.", questions.has_title),
        Requirement("image", "Something to look at: a text or a page image.", questions.has_image),
        Requirement("rights", "A word about rights.", questions.has_rights),
        Requirement(
            "scan", "A scan: so far only the typeset text can be seen.", questions.has_scan, Severity.RECOMMENDED
        ),
        Requirement("date", "A date.", questions.has_date, Severity.RECOMMENDED),
        Requirement("language", "The language of each text.", questions.has_language, Severity.RECOMMENDED),
    ),
)
