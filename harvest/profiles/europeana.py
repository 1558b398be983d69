"""Europeana (EDM): what its Schematron refuses a record for, as far as it depends on the document.

The format asks this profile too: what lacks something indispensable here has no record in EDM.
"""

from __future__ import annotations

from archive.readiness import Profile, Requirement, Severity
from harvest.profiles import questions

PROFILE = Profile(
    "europeana",
    "Europeana",
    (
        Requirement("title", "A title of its own, or a summary.", questions.has_title_or_description),
        Requirement(
            "rights_uri",
            "A rights statement from Europeana's list, as http://rightsstatements.org/vocab/CNE/1.0/ or "
            "http://creativecommons.org/licenses/by/4.0/: with http, and with the slash at its end.",
            questions.has_europeana_rights_uri,
        ),
        Requirement("a_language", "The language of a text (dc:language).", questions.has_any_language),
        Requirement(
            "subject", "What it is about, or its type, place or time: one of them is enough.", questions.has_context
        ),
        Requirement("image", "Something to look at: a text or a page image.", questions.has_image),
        Requirement("language", "The language of each text.", questions.has_language, Severity.RECOMMENDED),
        Requirement("date", "A date.", questions.has_date, Severity.RECOMMENDED),
        Requirement("maker", "Who made it.", questions.has_maker, Severity.RECOMMENDED),
        Requirement("description", "A summary.", questions.has_description, Severity.RECOMMENDED),
        Requirement(
            "scan", "A scan: so far only the typeset text can be seen.", questions.has_scan, Severity.RECOMMENDED
        ),
    ),
)
