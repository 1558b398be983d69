"""Things in schema.org, for the pages about them: the vocabulary that search engines read.

Less is said here than in the linked data proper, and in fewer words; what schema.org has no word for is left out.
"""

from __future__ import annotations

import re
from typing import Any

from archive.conf import conf
from archive.description import ContributionDescription, Description, SubjectDescription, TextDescription

CONTEXT = "https://schema.org/"
AGENTS = {"person": "Person", "corporate_body": "Organization"}
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def document(description: Description) -> dict[str, Any]:
    """A document: part of an archive, and a message where it went from somebody to somebody."""
    senders, addressees = _agents(description, "sender"), _agents(description, "addressee")
    reference = description.references[0] if description.references else None
    message = bool(senders and addressees)
    return {
        "@context": CONTEXT,
        "@type": ["ArchiveComponent", "Message" if message else "CreativeWork"],
        "@id": description.uri,
        "url": description.uri,
        "name": description.title.value,
        "abstract": description.summary.value,
        "dateCreated": description.date.edtf if DATE.fullmatch(description.date.edtf) else "",
        "author": _agents(description, "author") or senders,
        "sender": senders if message else [],
        "recipient": addressees if message else [],
        "inLanguage": list(dict.fromkeys(text.language for text in description.texts if text.language)),
        "workTranslation": [_translation(description, n, t) for n, t in enumerate(description.texts, 1) if _is_one(t)],
        "holdingArchive": _archive(reference.repository) if reference and reference.repository else None,
        "itemLocation": reference.verbatim if reference else "",
        "license": description.rights_uri if description.rights_uri.startswith("http") else "",
        "about": [_subject(each) for each in description.subjects if each.relation == "about"],
        "isPartOf": [{"@type": "Collection", "@id": each.uri, "name": each.title} for each in description.collections],
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": conf().INSTITUTION or conf().REPOSITORY_NAME},
    }


def thing(type_: str, uri: str, name: str, **more: Any) -> dict[str, Any]:
    """Any other thing, with what else is known of it; what is empty is left out by whoever writes it."""
    return {"@context": CONTEXT, "@type": type_, "@id": uri, "url": uri, "name": name, **more}


def agent_type(kind: str) -> str:
    """The type of an agent; schema.org has none that is neither a person nor an organization."""
    return AGENTS.get(kind, "Thing")


def _agents(description: Description, role: str) -> list[dict[str, str]]:
    found = {each.agent_uri: _agent(each) for each in description.contributions if each.role == role}
    return list(found.values())


def _agent(each: ContributionDescription) -> dict[str, str]:
    return {"@type": agent_type(each.agent_kind), "@id": each.agent_uri, "name": each.name}


def _is_one(text: TextDescription) -> bool:
    return text.kind == "translation"


def _translation(description: Description, number: int, text: TextDescription) -> dict[str, Any]:
    translators = _agents(description, "translator")
    said = {"@type": "CreativeWork", "@id": f"{description.uri}#text-{number}", "inLanguage": text.language}
    return {**said, **({"translator": translators} if translators else {})}


def _archive(name: str) -> dict[str, str]:
    return {"@type": "ArchiveOrganization", "name": name}


def _subject(each: SubjectDescription) -> dict[str, Any]:
    types = {"place": "Place", "concept": "DefinedTerm"}
    said = {"@type": types.get(each.kind, "Thing"), "@id": each.uri, "name": each.name}
    same = [link.uri for link in each.links if link.relation == "exactMatch"]
    return {**said, **({"sameAs": same} if same else {})}
