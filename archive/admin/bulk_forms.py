"""The forms by which an operation on many documents is told what to do, one for each operation."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError

from archive.admin.rights import RightsInput
from archive.admin.wording import WrittenField
from archive.jobs import Operation
from archive.jobs.operations.add_subject import AddSubject
from archive.jobs.operations.add_to_collection import AddToCollection
from archive.jobs.operations.publish import Publish
from archive.jobs.operations.remove_from_collection import RemoveFromCollection
from archive.jobs.operations.remove_subject import RemoveSubject
from archive.jobs.operations.set_rights import COLUMNS, SetRights
from archive.jobs.operations.subjects import KINDS
from archive.jobs.operations.withdraw import Withdraw
from archive.models import Collection, Document, Subject
from archive.models.subject import SubjectRelation
from archive.rules import refuse_control_characters, refuse_unknown_rights

#: The kinds of authority that each relation can be to.
FITTING = {
    SubjectRelation.ABOUT: tuple(KINDS),
    SubjectRelation.TYPE: ("concept",),
    SubjectRelation.WRITTEN_AT: ("place",),
    SubjectRelation.RECEIVED_AT: ("place",),
}


class OperationForm(forms.Form):
    """The parameters of one operation; without any where it needs none."""

    operation: ClassVar[type[Operation]]
    required_css_class = "required"

    def __init__(self, data: Any = None, *, site: AdminSite) -> None:
        super().__init__(data, auto_id=f"id_{self.operation.name}_%s", label_suffix="")
        self.site = site

    def asked_for(self) -> Operation:
        """The operation with the parameters that were filled in."""
        return self.operation.parse(self.parameters())

    def parameters(self) -> dict[str, Any]:
        """The parameters as plain data."""
        return {}


class SubjectForm(OperationForm):
    """One authority of any kind, and how documents stand to it."""

    relation = forms.ChoiceField(choices=SubjectRelation.choices, label="A document")

    def __init__(self, data: Any = None, *, site: AdminSite) -> None:
        super().__init__(data, site=site)
        for kind, model in KINDS.items():
            if self.site.is_registered(model):
                widget = AutocompleteSelect(Subject._meta.get_field(kind), self.site)
                current = model._default_manager.filter(merged_into__isnull=True)
                self.fields[kind] = forms.ModelChoiceField(current, widget=widget, required=False)

    def clean(self) -> dict[str, Any]:
        """One authority, of a kind that the relation can be to.

        :raises ValidationError: if it is none, or several.
        """
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = [kind for kind in KINDS if cleaned.get(kind)]
        if not chosen and not self.errors:
            raise ValidationError("Choose what it is: one agent, concept or place.")
        if len(chosen) > 1:
            raise ValidationError("Choose one only. What is to have several subjects is edited several times.")
        relation = cleaned.get("relation")
        if chosen and relation and chosen[0] not in FITTING[SubjectRelation(relation)]:
            fitting = " or ".join(FITTING[SubjectRelation(relation)])
            self.add_error("relation", f"“{SubjectRelation(relation).label}” goes with a {fitting}.")
        return cleaned

    def parameters(self) -> dict[str, Any]:
        """The kind, the primary key, the relation."""
        kind = next(kind for kind in KINDS if self.cleaned_data.get(kind))
        return {"kind": kind, "authority": self.cleaned_data[kind].pk, "relation": self.cleaned_data["relation"]}


class AddSubjectForm(SubjectForm):
    """A subject to add."""

    operation = AddSubject


class RemoveSubjectForm(SubjectForm):
    """A subject to remove."""

    operation = RemoveSubject


class RightsForm(OperationForm):
    """What is said about rights."""

    operation = SetRights

    rights_uri = forms.URLField(
        max_length=500,
        required=False,
        assume_scheme="https",
        label="Rights statement",
        widget=RightsInput(attrs={"size": 60}),
        validators=[refuse_unknown_rights],
        help_text="The address of a statement of rightsstatements.org, or of a licence.",
    )
    rights = WrittenField(
        required=False, label="Words on rights", widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        validators=[refuse_control_characters],
    )  # fmt: skip
    rights_holder = WrittenField(max_length=300, required=False, validators=[refuse_control_characters])
    emptied = forms.BooleanField(
        required=False, label="Empty what is left blank here", help_text="Else it stays as each document has it."
    )

    def clean(self) -> dict[str, Any]:
        """Something to write.

        :raises ValidationError: if there is nothing.
        """
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["emptied"] and not any(cleaned[column] for column in COLUMNS):
            raise ValidationError("Fill in at least one of the three, or say that all are to be emptied.")
        return cleaned

    def parameters(self) -> dict[str, Any]:
        """The columns; None where one stays as it is."""
        blank = "" if self.cleaned_data["emptied"] else None
        return {column: self.cleaned_data[column] or blank for column in COLUMNS}


class CollectionForm(OperationForm):
    """A collection."""

    def __init__(self, data: Any = None, *, site: AdminSite) -> None:
        super().__init__(data, site=site)
        widget = AutocompleteSelect(Document._meta.get_field("collections"), self.site)
        self.fields["collection"] = forms.ModelChoiceField(Collection.objects.all(), widget=widget)

    def parameters(self) -> dict[str, Any]:
        """The collection's primary key."""
        return {"collection": self.cleaned_data["collection"].pk}


class AddToCollectionForm(CollectionForm):
    """A collection to put documents into."""

    operation = AddToCollection


class RemoveFromCollectionForm(CollectionForm):
    """A collection to take documents out of."""

    operation = RemoveFromCollection


class PublishForm(OperationForm):
    """Nothing."""

    operation = Publish


class WithdrawForm(OperationForm):
    """Why."""

    operation = Withdraw

    reason = WrittenField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        validators=[refuse_control_characters],
        help_text="Readers who follow an old link may be shown it, so write it for them.",
    )

    def parameters(self) -> dict[str, Any]:
        """The reason."""
        return {"reason": self.cleaned_data["reason"]}


FORMS: tuple[type[OperationForm], ...] = (
    AddSubjectForm,
    RemoveSubjectForm,
    RightsForm,
    AddToCollectionForm,
    RemoveFromCollectionForm,
    PublishForm,
    WithdrawForm,
)
