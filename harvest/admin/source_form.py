"""The form of a source: formats and sets to choose from, once the repository has told them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from archive.admin.wording import WrittenForm
from archive.fetching.addresses import endpoint
from archive.fetching.failures import Forbidden
from harvest.models import HarvestSource
from harvest.models.source import CheckState

#: Sets that a list to choose from may have; of more, the set is typed.
CHOICES = 500


class SourceForm(WrittenForm):
    """A source."""

    class Meta:
        model = HarvestSource
        fields = "__all__"
        help_texts = {
            "base_url": "The address that the repository gives as its base URL, without ?verb=….",
            "metadata_prefix": "Every repository offers oai_dc. What else it offers is to choose once it answers.",
            "set_spec": "Empty for everything. The sets can be chosen once the repository has answered.",
            "collection": "Documents are put into this collection when they come in.",
            "publish": "Publish documents as they come in; else they are drafts.",
            "deletions": "What becomes of a public document here when its record is deleted there.",
            "delay": "Seconds between an answer and the next request.",
            "contact": "An e-mail address for the repository's people, told with each request; else the archive's.",
            "active": "Switch it off to harvest it no more. What came from it stays.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = self.instance.told if self.instance.check_state != CheckState.WAITING else {}
        if formats := told.get("formats"):
            self._offer("metadata_prefix", [(each["prefix"], _format(each)) for each in formats])
        if (sets := told.get("sets")) and len(sets) <= CHOICES and not told.get("more_sets"):
            self._offer("set_spec", [("", "everything"), *((each["spec"], _set(each)) for each in sets)])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Let choose instead of type; what is set already stays to be seen, also where it is offered no more."""
        field = self.fields.get(name)
        if field is None:
            return
        stands = getattr(self.instance, name)
        if stands not in dict(choices):
            choices = [*choices, (stands, f"{stands} (not offered)")]
        self.fields[name] = forms.ChoiceField(choices=choices, required=field.required, label=field.label, help_text="")

    def clean_base_url(self) -> str:
        """An address that may be asked, as far as can be told without asking."""
        url = str(self.cleaned_data["base_url"]).strip()
        try:
            found = endpoint(url)
        except Forbidden as refusal:
            raise ValidationError(str(refusal)) from None
        if "?" in found.target or "#" in url:
            raise ValidationError("A base URL ends before the question mark: leave out ?verb=… and what follows.")
        return url


def _format(told: dict[str, str]) -> str:
    return told["prefix"] if told["read"] else f"{told['prefix']} (not read here)"


def _set(told: dict[str, str]) -> str:
    return f"{told['name']} ({told['spec']})" if told["name"] and told["name"] != told["spec"] else told["spec"]
