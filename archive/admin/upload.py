"""The form by which files are handed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.widgets import Script
from django.template.defaultfilters import filesizeformat

from archive.accession.uploads import source_of
from archive.conf import conf
from archive.models import Collection, ColumnMapping
from archive.readers import Source


class FilesInput(forms.ClearableFileInput):
    """An input for several files."""

    allow_multiple_selected = True

    class Media:
        """What says beforehand that files are too many or too large."""

        js = (Script("archive/upload.js", defer=True),)


class FilesField(forms.FileField):
    """One or many files. An empty one comes through, so that its refusal is recorded with the accession."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """The files, if none of them is larger than this site takes. Looks before it reads.

        :raises ValidationError: naming each file that is.
        """
        given = data if isinstance(data, Sequence) else [data]
        files: list[UploadedFile] = [super(FilesField, self).clean(each, initial) for each in given or [None]]
        limit = conf().SOURCE_LIMIT
        too_large = [
            f"{each.name} has {each.size:,} bytes; this site takes at most {limit:,} ({filesizeformat(limit)}). "
            "Nothing was taken in."
            for each in files
            if each and (each.size or 0) > limit
        ]
        if too_large:
            raise ValidationError(too_large)
        return files


class UploadForm(forms.Form):
    """Files to take in, and what to do with them."""

    uploads = FilesField(label="Files", allow_empty_file=True)
    collection = forms.ModelChoiceField(
        Collection.objects.all(), required=False, help_text="Every document that comes in is put there."
    )
    mapping = forms.ModelChoiceField(
        ColumnMapping.objects.all(),
        required=False,
        empty_label="By their headings",
        label="Columns of tables",
        help_text="How the columns of CSV, XLSX and ODS files are read, where their headings do not say it themselves.",
    )
    publish = forms.BooleanField(
        required=False,
        label="Publish at once",
        help_text="Else the documents stay drafts until somebody publishes them.",
    )

    look_first = forms.BooleanField(
        required=False,
        label="Look first",
        help_text="A worker tells what would come in and what would change; nothing does until you say so.",
    )

    def __init__(self, *args: Any, may_publish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        self.fields["uploads"].help_text = (
            f"One or more{f', at most {most} at once; a ZIP file may hold more' if most else ''}. A file that cannot "
            "be understood is refused with the reason; the others come in all the same."
        )
        self.fields["uploads"].widget.attrs |= {"data-most": most, "data-largest": conf().SOURCE_LIMIT}
        if not may_publish:
            del self.fields["publish"]

    def sources(self) -> list[Source]:
        """The files that were handed in."""
        chosen = self.cleaned_data["mapping"]
        mapping = chosen.as_mapping() if chosen else None
        return [source_of(each, mapping) for each in self.cleaned_data["uploads"]]
