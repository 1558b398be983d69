"""Handing in by the API: what one POST says, judged before anything of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from archive.accession.choices import NoSuchChoice, collection_of, mapping_called
from archive.accession.submission import presentable
from archive.accession.uploads import source_of
from archive.api.idempotency import digest_of_key
from archive.api.problems import TooLarge
from archive.conf import conf
from archive.models import Accession, Collection
from archive.readers import Source
from archive.readers.tables import ColumnMapping

if TYPE_CHECKING:
    from django.http import QueryDict

#: The field that carries files, as often as there are files.
FILE = "file"
SWITCHES = ("dry_run", "publish", "look_first")
OPTIONS = (*SWITCHES, "collection", "mapping")
_TRUE, _FALSE = frozenset({"true", "1", "yes", "on"}), frozenset({"false", "0", "no", "off", ""})
#: How a ZIP file begins, which may be as large as all that it may hold.
_ZIP = b"PK"


class UploadLimit(FileUploadHandler):
    """Stops an upload as soon as a file is larger than the site takes, and keeps nothing itself."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to count."""
        super().new_file(*args, **kwargs)
        self.received, self.limit = 0, conf().SOURCE_LIMIT

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count, and pass the bytes on.

        :raises TooLarge: naming the file.
        """
        if start == 0 and raw_data.startswith(_ZIP):
            self.limit = max(self.limit, conf().CONTAINER_SIZE)
        self.received += len(raw_data)
        if self.received > self.limit:
            raise TooLarge(f"{self.file_name} has more than {self.limit:,} bytes. Nothing was taken in.")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that keep it."""


@dataclass(frozen=True, slots=True)
class HandingIn:
    """What one POST says. ``delivery`` is None without a key."""

    sources: list[Source]
    dry_run: bool
    publish: bool
    look_first: bool
    collection: Collection | None
    mapping: ColumnMapping | None
    delivery: str | None

    def same_as(self, accession: Accession) -> bool:
        """Whether an accession was begun by the same request."""
        theirs = accession.sources.filter(container=None).order_by("position")
        return (
            list(theirs.values_list("name", "original__sha256"))
            == [(presentable(each.name), each.sha256) for each in self.sources]
            and (accession.publish, accession.dry_run) == (self.publish, self.dry_run)
            and accession.collection == self.collection
            and accession.mapping.get("name", "") == (self.mapping.name if self.mapping else "")
        )


def handing_in(request: Request) -> HandingIn:
    """What a POST says.

    :raises ValidationError: naming each field that is wrong.
    :raises TooLarge: a file is larger than the site takes.
    """
    try:
        data, files = cast("QueryDict", request.data), request.FILES
    except SuspiciousOperation as error:  # too many files or fields; Django's own answer would be a page
        raise ValidationError({FILE: [str(error)]}) from error
    errors: dict[str, list[str]] = {}
    known = (FILE, *OPTIONS)
    for name in {*data, *files} - set(known):
        errors[name] = [f"There is no such field. There are: {', '.join(known)}."]
    if FILE not in errors and not files.getlist(FILE):
        errors[FILE] = ["Send at least one file in this field, as multipart/form-data."]
    switches = {name: _switch(data, name, errors) for name in SWITCHES}
    collection = _choice(collection_of, "collection", data, errors)
    mapping = _choice(mapping_called, "mapping", data, errors)
    if switches["dry_run"] and switches["publish"]:
        errors["publish"] = ["A dry run publishes nothing: leave out one of the two."]
    delivery = _delivery(request)
    if errors:
        raise ValidationError(errors)
    sources = [source_of(each, mapping) for each in files.getlist(FILE)]
    return HandingIn(sources, **switches, collection=collection, mapping=mapping, delivery=delivery)


def _switch(data: Mapping[str, Any], name: str, errors: dict[str, list[str]]) -> bool:
    said = str(data.get(name, "")).casefold()
    if said not in _TRUE | _FALSE:
        errors[name] = ["Write true or false."]
    return said in _TRUE


def _choice(find: Any, name: str, data: Mapping[str, Any], errors: dict[str, list[str]]) -> Any:
    try:
        said = str(data.get(name, ""))
        return find(said.replace("\x00", "\N{REPLACEMENT CHARACTER}"))
    except NoSuchChoice as refusal:
        errors[name] = [str(refusal)]
        return None


def _delivery(request: Request) -> str | None:
    """The name of this handing-in among those of its user, from the header ``Idempotency-Key``."""
    key = digest_of_key(request)
    return None if key is None else f"api:{request.user.pk}:{key}"
