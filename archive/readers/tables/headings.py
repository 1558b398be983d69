"""Headings: which field of a document each column of a table holds.

A heading may be a property of Dublin Core with or without its prefix (``dcterms:title``, ``dc.title``, ``Title``), or a
word of archivists (``Opis``, ``Addressee``); a language tag may follow (``title@ru``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.readers.tables.mapping import ColumnMapping
from archive.vocab.dcmi import TERMS
from archive.vocab.languages import tag_of

#: What a column can hold, by name, in the words of the choices that a person has. A property of Dublin Core that is
#: not here is a field too, as ``dcterms:…``.
FIELDS: dict[str, str] = {
    "title": "Title",
    "date": "Date of the document",
    "record_id": "Record id",
    "source_url": "Address of the source",
    "number": "Number of the telegram or letter",
    "incoming_number": "Incoming number",
    "ark": "ARK",
    "doi": "DOI",
    "handle": "Handle",
    "legacy_id": "Identifier in an earlier system",
    "sender": "Sender",
    "addressee": "Addressee",
    "intermediary": "Intermediary",
    "copy_recipient": "Recipient of a copy",
    "author": "Author",
    "signatory": "Signatory",
    "translator": "Translator",
    "transcriber": "Transcriber",
    "editor": "Editor",
    "mentioned": "Person or office mentioned",
    "sent": "When it was sent",
    "received": "When it was received",
    "summary": "Summary",
    "transcript": "Transcript",
    "original": "Original text",
    "translation": "Translation",
    "transcript_file": "File with the transcript",
    "original_file": "File with the original text",
    "translation_file": "File with the translation",
    "file": "File with the image of a page",
    "language": "Language of the original",
    "subject": "Subject (concept)",
    "person": "Subject (person or office)",
    "place": "Subject (place)",
    "written_at": "Place where it was written",
    "received_at": "Place where it was received",
    "type": "Kind of document",
    "reference": "Archival reference, in words",
    "repository": "Archive that keeps it",
    "fond": "Fond",
    "opis": "Opis",
    "delo": "Delo",
    "papka": "Papka",
    "listy": "Listy",
    "citation": "Citation",
    "rights": "Rights",
    "rights_uri": "Address of the rights statement or licence",
    "rights_holder": "Holder of the rights",
    "note": "Note",
    "ignore": "Nothing: leave it out",
}

#: Other words for the same, as they stand in headings.
_ALSO = {
    "record_id": "id, identifier, record, recordid, identity, accession_number",
    "source_url": "url, uri, web_address, link, original_url, page_url",
    "date": "created, document_date, date_created, date_of_document",
    "number": "no, telegram_number, document_number",
    "incoming_number": "incoming, incoming_no",
    "legacy_id": "old_id, earlier_identifier",
    "sender": "from, senders",
    "addressee": "to, recipient, recipients, addressees",
    "intermediary": "via, intermediaries",
    "copy_recipient": "copies, copies_to, cc, copy_recipients",
    "author": "authors, creator, creators",
    "signatory": "signed_by, signature, signatories",
    "translator": "translated_by, translators",
    "transcriber": "transcribed_by, transcribers",
    "editor": "edited_by, editors",
    "mentioned": "persons_mentioned",
    "sent": "date_sent, sent_at",
    "received": "date_received",
    "summary": "abstract, description",
    "transcript": "text, transcription, full_text, body",
    "original": "original_text",
    "translation": "translated_text",
    "transcript_file": "text_file, transcription_file",
    "file": "files, image, images, filename, file_name, scan, scans, page, pages",
    "language": "languages, original_language",
    "subject": "subjects, keyword, keywords, topic, topics, concept, concepts, tags",
    "person": "people, persons, subject_person, agents, associated_people_organizations",
    "place": "places, spatial, subject_place, location, associated_places",
    "written_at": "place_of_writing, written_in",
    "received_at": "place_of_receipt",
    "type": "document_type, genre, kind",
    "reference": "source, archival_reference, archival_source, shelfmark, call_number, original_archive",
    "repository": "archive, holding_institution",
    "fond": "fonds, record_group, фонд",
    "opis": "inventory, опись",
    "delo": "folder, дело",
    "papka": "papka_number, папка",
    "listy": "list, sheets, leaves, folios, лист, листы",
    "citation": "bibliographiccitation, cite_as",
    "rights": "accessrights, copyright, rights_statement, licence, license",
    "rights_uri": "license_uri, licence_uri, rights_url, license_url, licence_url",
    "rights_holder": "rightsholder, copyright_holder",
    "note": "notes, remark, remarks, comment, comments",
    "ignore": "refused_because",
}
_BY_WORD = {word: field for field, words in _ALSO.items() for word in words.split(", ")} | {
    each: each for each in FIELDS
}
#: Properties of Dublin Core that are fields of a document; with a prefix, every other one stays what it says.
_PROPERTIES = {
    **{each: each for each in ("title", "date", "language", "subject", "type", "rights")},
    "created": "date", "identifier": "record_id", "abstract": "summary", "description": "summary", "creator": "author",
    "spatial": "place", "license": "rights", "rightsholder": "rights_holder", "bibliographiccitation": "citation",
}  # fmt: skip
_TERMS = {term.casefold(): term for term in TERMS}
_PREFIX = re.compile(r"(?:dcterms|dct|dcmi|dc|https?://purl\.org/dc/(?:terms|elements/1\.1))[:./]\s*", re.IGNORECASE)
#: What can be a language tag: BCP 47, section 2.1, without what is grandfathered or for private use only.
TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,7}")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place from 0, its heading as it stands, and its field; ``field`` is empty if it means nothing.

    ``doubt`` says what is wrong with the heading, for an archivist.
    """

    index: int
    heading: str
    field: str
    language: str = ""
    doubt: str = ""


def columns_of(headings: Sequence[str], mapping: ColumnMapping) -> tuple[Column, ...]:
    """The columns of a table, in its order, by the mapping first and then by what their headings say."""
    return tuple(_column(index, " ".join(each.split()), mapping) for index, each in enumerate(headings))


def mean_something(columns: Sequence[Column]) -> bool:
    """Whether these can be the columns of a table of documents: one of them at least is known."""
    return any(each.field and each.field != "ignore" for each in columns)


def field_called(name: str) -> tuple[str, str, str]:
    """The field, the language and the doubt of a name such as ``dcterms:title@ru``; the field is empty if unknown."""
    words, mark, tag = name.strip().partition("@")
    language, doubt = _language(tag.strip()) if mark else ("", "")
    return _field(words.strip()), language, doubt


def _column(index: int, heading: str, mapping: ColumnMapping) -> Column:
    mapped = mapping.field_of(heading)
    field, language, doubt = field_called(heading if mapped is None else mapped)
    return Column(index, heading, field, language, doubt)


def _field(words: str) -> str:
    prefix = _PREFIX.match(words)
    if prefix:
        term = words[prefix.end() :].strip().casefold()
        return _PROPERTIES.get(term) or (f"dcterms:{_TERMS[term]}" if term in _TERMS else "")
    word = "_".join(re.findall(r"\w+", words.casefold().replace("_", " "))).removeprefix("field_")
    term = word.replace("_", "")
    return _BY_WORD.get(word) or _PROPERTIES.get(term) or (f"dcterms:{_TERMS[term]}" if term in _TERMS else "")


def _language(tag: str) -> tuple[str, str]:
    if TAG.fullmatch(tag):
        return tag, ""
    named = tag_of(tag)
    if named:
        return named, ""
    return "", f"“{tag}” is no language tag; write en, ru, zh-Hans or the like"
