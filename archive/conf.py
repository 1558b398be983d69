"""Settings of the plugin: the dict ``FONDS`` in the site's settings, with a default for everything that has one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed


@dataclass(frozen=True, slots=True)
class Conf:
    """What a site can set in ``FONDS``; the field names are the keys."""

    #: Origin, and path prefix if there is one, of every identifier and link. Never taken from a request.
    PUBLIC_BASE_URL: str = "http://127.0.0.1:8000"
    #: The archive's name, as harvesters and viewers show it.
    REPOSITORY_NAME: str = "Fonds"
    #: Middle part of OAI identifiers, ``oai:{OAI_NAMESPACE}:{id}``; a domain name that the archive owns.
    OAI_NAMESPACE: str = "fonds.example.org"
    #: The institution that holds the documents, as aggregators name it; ``REPOSITORY_NAME`` where it is empty.
    INSTITUTION: str = ""
    #: The aggregator through which Europeana gets the records (``edm:provider``); the institution where it is empty.
    AGGREGATOR: str = ""
    #: MARC organization code of the institution, as the Library of Congress gives them.
    MARC_ORGANIZATION: str = ""
    #: Name assigning authority number for ARKs; without one, documents have none.
    ARK_NAAN: str = ""
    #: Address that aggregators write to when something is wrong.
    ADMIN_EMAIL: str = "archive@example.org"
    #: Key in Django's ``STORAGES`` of the private storage for originals and page images.
    STORAGE: str = "default"
    #: Folder of the index for full text search. Workers write there, web processes read; see docs/pages-and-search.md.
    SEARCH_FOLDER: str = ""
    #: Records on one page of an OAI-PMH list.
    OAI_PAGE_SIZE: int = 250
    #: Days for which a resumption token is good.
    OAI_TOKEN_DAYS: int = 7
    #: Levels of the archival tree whose units are OAI sets. Each costs a row for every record.
    OAI_UNIT_SETS: tuple[str, ...] = ("repository", "fond", "opis")
    #: setSpecs of which harvesters are sent no deleted records. One that is no set of another kind holds everything.
    OAI_SETS_WITHOUT_DELETED: tuple[str, ...] = ()
    #: Address of the licence under which the metadata themselves are; empty where nothing is to be said of it.
    METADATA_RIGHTS: str = "https://creativecommons.org/publicdomain/zero/1.0/"
    #: Address of an image by which aggregators show the repository; empty for none.
    OAI_BRANDING: str = ""
    #: Pages of OAI-PMH lists that one process makes at once; further ones are sent away for a moment. 0: no limit.
    OAI_LISTS_AT_ONCE: int = 3
    #: OAI-PMH requests that one client may send in a minute. 0: no limit.
    OAI_REQUESTS_PER_MINUTE: int = 0
    #: Header in which a proxy tells the client's address; empty: the address of the connection.
    OAI_CLIENT_HEADER: str = ""
    #: Folder of the triple store that SPARQL asks, which web and worker processes share; empty: there is no SPARQL.
    SPARQL_STORE: str = ""
    #: Seconds for which a query may run, and seconds of a processor that it may take.
    SPARQL_SECONDS: float = 10
    SPARQL_CPU_SECONDS: int = 10
    #: Bytes of memory that a query may take.
    SPARQL_MEMORY: int = 512 * 1024 * 1024
    #: Bytes of a query; rows (or triples) and bytes of an answer.
    SPARQL_QUERY_SIZE: int = 16 * 1024
    SPARQL_ROWS: int = 10_000
    SPARQL_BYTES: int = 16 * 1024 * 1024
    #: Queries that run at once on this machine, and of one client; further ones are sent away for a moment.
    SPARQL_AT_ONCE: int = 3
    SPARQL_PER_CLIENT: int = 2
    #: Folder of the dumps, which web and worker processes share; empty: there are none.
    DUMPS: str = ""
    #: Address of an outside triple store (SPARQL 1.1 Graph Store HTTP Protocol) that follows the archive; empty: none.
    GRAPH_STORE: str = ""
    #: Name and password for it, where it asks for any.
    GRAPH_STORE_USER: str = ""
    GRAPH_STORE_PASSWORD: str = ""
    #: Requests that one client may make of the API, such as "600/minute"; empty: as many as it likes.
    API_READ_RATE: str = ""
    API_WRITE_RATE: str = ""
    #: Things that one request may create or change, and largest body of one that is not a file, in bytes.
    API_BATCH: int = 100
    API_BODY_LIMIT: int = 16 * 1024 * 1024
    #: Days for which the answer to a request with an Idempotency-Key is remembered.
    API_KEY_DAYS: int = 7
    #: Services of others at which authorities are looked up when somebody asks for it (Reconciliation Service API); no
    #: other is asked. By a plain word for each: ``address``, ``entity`` (the address of a thing, with {id}), ``types``
    #: (for agent, place and concept, as far as they are looked up there, the type in its words, or nothing), and if
    #: wanted ``name``, ``source`` (as archive.models.link.LinkSource) and ``delay`` (seconds between requests).
    AUTHORITY_SERVICES: Mapping[str, Any] = field(default_factory=dict)
    #: Days for which a link to the preview of a document is good.
    PREVIEW_DAYS: int = 7
    #: Seconds after which the sources or documents of a worker that fell silent are taken up again.
    LEASE_SECONDS: int = 60
    #: How often a source, or one of its documents, is tried before it counts as failed.
    ATTEMPTS: int = 3
    #: Seconds to wait before the second attempt, about; twice as long before each further one.
    RETRY_SECONDS: float = 1
    #: Largest source file that is taken in, in bytes.
    SOURCE_LIMIT: int = 64 * 1024 * 1024
    #: Members of one ZIP file or bag, with all containers in it; one with more is refused.
    CONTAINER_MEMBERS: int = 100_000
    #: Bytes that one ZIP file or bag may hold, unpacked, with all containers in it. Each member: SOURCE_LIMIT.
    CONTAINER_SIZE: int = 8 * 1024 * 1024 * 1024
    #: How many times larger than packed a member of a ZIP file may be; bombs are a thousand times.
    CONTAINER_RATIO: int = 200
    #: Folder whose files are taken in once they have come to rest; empty for none. See archive.accession.watched.
    WATCHED_FOLDER: str = ""
    #: Seconds for which nothing may change in a file or folder before it counts as complete.
    WATCHED_SECONDS: float = 10
    #: Whether what is taken from there is published at once, or only looked at until somebody decides.
    WATCHED_PUBLISH: bool = False
    WATCHED_LOOK_FIRST: bool = False
    #: Slug of the collection, and name of the column mapping, for what is taken from there; empty for none.
    WATCHED_COLLECTION: str = ""
    WATCHED_MAPPING: str = ""
    #: Font files searched for glyphs, in this order, before the font that comes with the plugin.
    FONTS: tuple[str, ...] = ()
    #: Largest image that the image service makes, in pixels.
    IMAGE_PIXEL_LIMIT: int = 40_000_000
    #: Images that one process makes at once; further requests wait, and then are sent away for a moment. 0: no limit.
    IMAGES_AT_ONCE: int = 4
    #: Bytes of manifests and the like that a process keeps in memory once it has answered with them. 0: none.
    KEPT_IN_MEMORY: int = 16 * 1024 * 1024
    #: Address of an image service elsewhere that manifests point to, with {page} or {file} in it; empty: our own.
    IMAGE_SERVICE: str = ""
    #: Version of the Image API, 2 or 3, that the service elsewhere speaks, and its level, 0 to 2.
    IMAGE_SERVICE_VERSION: int = 3
    IMAGE_SERVICE_LEVEL: int = 2
    #: The viewer on the page of a document: mirador, or another of iiif.viewers.
    VIEWER: str = "mirador"
    #: Ports at which repositories and authority services of others are asked.
    HARVEST_PORTS: tuple[int, ...] = (80, 443)
    #: Whether those on this very machine are asked too; for tests.
    HARVEST_LOOPBACK: bool = False
    #: Seconds that one answer of theirs may take.
    HARVEST_SECONDS: int = 120
    #: Largest answer of theirs that is taken, in bytes, compressed or not.
    HARVEST_ANSWER_LIMIT: int = 64 * 1024 * 1024
    #: Pages after which a harvest is given up.
    HARVEST_PAGE_LIMIT: int = 100_000


@cache
def conf() -> Conf:
    """The site's settings. Read anew when they change, which they do in tests alone (``setting_changed``).

    :raises TypeError: where ``FONDS`` holds a key that does not exist (a system check says so first).
    """
    return Conf(**given())


def _forget(*, setting: str, **_: object) -> None:
    if setting == "FONDS":
        conf.cache_clear()


setting_changed.connect(_forget)


def given() -> dict[str, Any]:
    """What the site has set, as it stands in its settings."""
    return dict(getattr(settings, "FONDS", {}))


def unknown_keys() -> list[str]:
    """Keys of ``FONDS`` that mean nothing."""
    known = {f.name for f in fields(Conf)}
    return sorted(set(given()) - known)
