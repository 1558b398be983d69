"""The form of a document: what an archivist types is checked here, beside its field."""

from __future__ import annotations

from typing import ClassVar

from archive.admin.meanwhile import GuardedForm
from archive.admin.rights import RightsInput
from archive.admin.statements import StatementsField
from archive.admin.wording import SmallTextarea
from archive.rules import refuse_unknown_date, refuse_unknown_rights


class DocumentForm(GuardedForm):
    """A document. The first and last day that its date can mean follow from the date."""

    class Meta:
        widgets = {
            "title": SmallTextarea,
            "date_verbatim": SmallTextarea,
            "rights_uri": RightsInput,
        }
        field_classes: ClassVar = {"statements": StatementsField}
        labels = {
            "date_verbatim": "Date as written",
            "identity": "Known again by",
            "rights_uri": "Rights statement",
            "source_url": "Source page",
            "distribution": "Distribution list",
            "distribution_copies": "Copies",
            "distribution_possibly_truncated": "Names may be missing at its end",
            "statements": "Dublin Core",
        }
        help_texts = {
            "identifier": "Part of every public address of the document; once saved, it never changes.",
            "identity": "What tells that a file brings this document once more.",
            "date": "EDTF: 1950-10-13, 1950-10, 1950, 195X, 1950? (uncertain), 1950~ (about), 1950-10/1950-12.",
            "date_verbatim": "The date as the source writes it.",
            "original_language": "Of the document when it was written, as a tag: ru, zh, en. Its texts have their own.",
            "distribution": "The distribution list as it stands; its recipients are contributions.",
            "rights_uri": "A statement of rightsstatements.org or a Creative Commons licence, if one applies.",
            "embargo_until": "The first day on which everybody may see it. Published before, it waits for that day.",
            "rights_holder": "Who holds the rights, as the rights statement names them.",
            "statements": "In the order in which they are shown. A value, a URI, or a URI and words for it.",
        }

    def clean_date(self) -> str:
        """The date, if it is one, and with it the days that it can mean."""
        edtf: str = self.cleaned_data["date"]
        self.instance.date_earliest, self.instance.date_latest = refuse_unknown_date(edtf)
        return edtf

    def clean_rights_uri(self) -> str:
        """The statement or licence, if there is such a one; what came in long ago is refused when it is changed."""
        address: str = self.cleaned_data["rights_uri"]
        if "rights_uri" in self.changed_data:
            refuse_unknown_rights(address)
        return address
