"""DPLA, as its hubs ask for records in oai_dc, qualified Dublin Core or MODS."""

from __future__ import annotations

from archive.readiness import Profile, Requirement, Severity
from harvest.profiles import questions

PROFILE = Profile(
    "dpla",
    "DPLA",
    (
        Requirement("title", "A title of its own: now it is called “[Untitled]”.", questions.has_title),
        Requirement(
            "rights_uri",
            "A rights statement, nothing but its address, as http://rightsstatements.org/vocab/InC/1.0/: with http, "
            "without /page/, and with the slash at its end.",
            questions.has_rights_uri,
        ),
        Requirement(
            "image", "A thumbnail: there is neither a text nor a page image.", questions.has_image, Severity.RECOMMENDED
        ),
        Requirement("date", "A date.", questions.has_date, Severity.RECOMMENDED),
        Requirement("language", "The language of each text.", questions.has_language, Severity.RECOMMENDED),
        Requirement("maker", "Who made it.", questions.has_maker, Severity.RECOMMENDED),
        Requirement("subject", "A subject, a place or a type.", questions.has_subject, Severity.RECOMMENDED),
    ),
)
