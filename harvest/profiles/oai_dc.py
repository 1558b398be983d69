"""oai_dc: complete enough to be found in union catalogues and in BASE (Golden Rules for Repository Managers)."""

from __future__ import annotations

from archive.readiness import Profile, Requirement, Severity
from harvest.profiles import questions

PROFILE = Profile(
    "oai_dc",
    "OAI Dublin Core",
    (
        Requirement("title", "A title of its own: now it is called “[Untitled]”.", questions.has_title),
        Requirement("maker", "Who made it: a sender, an author or another part.", questions.has_maker),
        Requirement("date", "A date.", questions.has_date),
        Requirement("description", "A summary.", questions.has_description, Severity.RECOMMENDED),
        Requirement("language", "The language of each text.", questions.has_language, Severity.RECOMMENDED),
        Requirement("rights", "A word about rights.", questions.has_rights, Severity.RECOMMENDED),
        Requirement("subject", "A subject, a place or a type.", questions.has_subject, Severity.RECOMMENDED),
    ),
)
