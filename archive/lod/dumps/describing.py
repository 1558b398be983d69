"""Describing: what the dataset is, in VoID, DCAT-AP 3 and schema.org, made together with the files it tells of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from archive import uris
from archive.conf import conf
from archive.lod.dumps.state import Dump, File
from archive.lod.namespaces import NAMESPACES
from archive.lod.sparql.service import DATASET_PATH
from archive.lod.vocabulary import DCTERMS, FOAF, RDFS, A, Vocabulary, iri
from archive.models import Kind, Representation

DCAT = Vocabulary("http://www.w3.org/ns/dcat#")
SPDX = Vocabulary("http://spdx.org/rdf/terms#")
VCARD = Vocabulary("http://www.w3.org/2006/vcard/ns#")
VOID = Vocabulary("http://rdfs.org/ns/void#")
XSD = "http://www.w3.org/2001/XMLSchema#"
FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type/"
IANA = "https://www.iana.org/assignments/media-types/"
PREFIXES = {
    **NAMESPACES,
    "dcat": "http://www.w3.org/ns/dcat#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": XSD,
}
#: Extension of each notation in which both descriptions are kept.
NOTATIONS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
VOCABULARIES = ("bibo", "dcterms", "foaf", "rico", "skos")


def describe(root: Path, dump: Dump) -> None:
    """Write both descriptions beside the dump, in every notation."""
    for name, triples in (("void", list(void(dump))), ("catalog", list(catalog(dump)))):
        for extension, format_ in NOTATIONS.items():
            written = serialize(triples, format=format_, prefixes=PREFIXES)
            scratch = root / f"{name}.{extension}.part"
            scratch.write_bytes(written or b"")
            scratch.replace(root / f"{name}.{extension}")


def void(dump: Dump) -> Iterator[Triple]:
    """The dataset in VoID, with partitions by kind of thing, and the service that reconciles with it."""
    dataset, page = NamedNode(uris.absolute(DATASET_PATH)), NamedNode(uris.absolute(DATASET_PATH.partition("#")[0]))
    yield Triple(page, A, VOID["DatasetDescription"])
    yield Triple(page, FOAF["primaryTopic"], dataset)
    yield Triple(dataset, A, VOID["Dataset"])
    yield from _common(dataset, dump)
    yield Triple(dataset, FOAF["homepage"], NamedNode(uris.absolute("/")))
    yield Triple(dataset, VOID["triples"], _number(dump.triples))
    yield Triple(dataset, VOID["uriSpace"], Literal(uris.absolute("/")))
    yield Triple(dataset, VOID["sparqlEndpoint"], NamedNode(uris.to("archive_lod:sparql")))
    yield Triple(dataset, RDFS["seeAlso"], NamedNode(uris.to("archive_lod:reconcile")))
    for file in dump.files:
        yield Triple(dataset, VOID["dataDump"], NamedNode(address(file)))
    for prefix in VOCABULARIES:
        yield Triple(dataset, VOID["vocabulary"], NamedNode(NAMESPACES[prefix]))
    example = _public().filter(kind=Kind.DOCUMENT).order_by("pk").values_list("identifier", flat=True).first()
    if example:
        yield Triple(dataset, VOID["exampleResource"], NamedNode(uris.served(example)))
    for kind in Kind:
        if count := _public().filter(kind=kind).count():
            part = NamedNode(f"{dataset.value}-{kind.value}s")
            yield Triple(dataset, VOID["subset"], part)
            yield Triple(part, A, VOID["Dataset"])
            yield Triple(part, DCTERMS["title"], Literal(f"{kind.label}s".capitalize(), language="en"))
            yield Triple(part, VOID["entities"], _number(count))
            yield Triple(part, VOID["uriSpace"], Literal(uris.absolute(f"/{kind.value}s/")))


def catalog(dump: Dump) -> Iterator[Triple]:
    """The catalogue of one dataset, as DCAT-AP 3 wants it."""
    here, dataset = NamedNode(uris.to("archive_lod:catalog")), NamedNode(uris.absolute(DATASET_PATH))
    publisher, contact = NamedNode(f"{here.value}#publisher"), NamedNode(f"{here.value}#contact")
    yield Triple(here, A, DCAT["Catalog"])
    yield Triple(here, DCTERMS["title"], Literal(f"Datasets of {conf().REPOSITORY_NAME}", language="en"))
    yield Triple(here, DCTERMS["description"], Literal("What the archive publishes as linked data.", language="en"))
    yield Triple(here, DCTERMS["publisher"], publisher)
    yield Triple(here, DCAT["dataset"], dataset)
    yield Triple(publisher, A, FOAF["Agent"])
    yield Triple(publisher, FOAF["name"], Literal(conf().INSTITUTION or conf().REPOSITORY_NAME))
    yield Triple(dataset, A, DCAT["Dataset"])
    yield from _common(dataset, dump)
    yield Triple(dataset, DCTERMS["publisher"], publisher)
    yield Triple(dataset, DCAT["contactPoint"], contact)
    yield Triple(contact, A, VCARD["Kind"])
    yield Triple(contact, VCARD["fn"], Literal(conf().REPOSITORY_NAME))
    yield Triple(contact, VCARD["hasEmail"], NamedNode(f"mailto:{conf().ADMIN_EMAIL}"))
    for file in dump.files:
        yield from _distribution(dataset, file, dump)
    yield from _service(here, dataset)


def dataset(dump: Dump) -> dict[str, Any]:
    """The dataset in schema.org, for the page of the dumps (and so for searches of datasets)."""
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": uris.absolute(DATASET_PATH),
        "name": _title(),
        "description": _description(),
        "url": uris.to("archive_lod:dumps"),
        "license": conf().METADATA_RIGHTS or None,
        "dateModified": dump.written_at.isoformat(),
        "creator": {"@type": "Organization", "name": conf().INSTITUTION or conf().REPOSITORY_NAME},
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": address(file),
                "encodingFormat": file.media_type,
                "contentSize": f"{file.size} B",
                "sha256": file.sha256,
            }
            for file in dump.files
        ],
    }


def address(file: File) -> str:
    """Where a file is served."""
    return f"{uris.to('archive_lod:dumps')}{file.name}"


def _common(dataset: NamedNode, dump: Dump) -> Iterator[Triple]:
    yield Triple(dataset, DCTERMS["title"], Literal(_title(), language="en"))
    yield Triple(dataset, DCTERMS["description"], Literal(_description(), language="en"))
    stamp = Literal(dump.written_at.isoformat(), datatype=NamedNode(f"{XSD}dateTime"))
    yield Triple(dataset, DCTERMS["modified"], stamp)
    licence = iri(conf().METADATA_RIGHTS) if conf().METADATA_RIGHTS else None
    if licence is not None and dataset.value.endswith("#dataset"):
        yield Triple(dataset, DCTERMS["license"], licence)
        yield Triple(licence, A, DCTERMS["LicenseDocument"])


def _distribution(dataset: NamedNode, file: File, dump: Dump) -> Iterator[Triple]:
    node = NamedNode(f"{uris.to('archive_lod:catalog')}#{'triples' if '.nt' in file.name else 'quads'}")
    checksum, kind = NamedNode(f"{node.value}-checksum"), "RDF_N_TRIPLES" if ".nt" in file.name else "RDF_N_QUADS"
    yield Triple(dataset, DCAT["distribution"], node)
    yield Triple(node, A, DCAT["Distribution"])
    yield Triple(node, DCTERMS["title"], Literal(file.name, language="en"))
    yield Triple(node, DCAT["accessURL"], NamedNode(uris.to("archive_lod:dumps")))
    yield Triple(node, DCAT["downloadURL"], NamedNode(address(file)))
    yield Triple(node, DCAT["byteSize"], Literal(str(file.size), datatype=NamedNode(f"{XSD}nonNegativeInteger")))
    yield Triple(node, DCTERMS["format"], NamedNode(FILE_TYPES + kind))
    yield Triple(NamedNode(FILE_TYPES + kind), A, DCTERMS["MediaTypeOrExtent"])
    yield Triple(node, DCAT["mediaType"], NamedNode(IANA + file.media_type))
    yield Triple(NamedNode(IANA + file.media_type), A, DCTERMS["MediaType"])
    yield Triple(node, DCAT["compressFormat"], NamedNode(f"{IANA}application/gzip"))
    yield Triple(NamedNode(f"{IANA}application/gzip"), A, DCTERMS["MediaType"])
    yield Triple(node, SPDX["checksum"], checksum)
    yield Triple(checksum, A, SPDX["Checksum"])
    yield Triple(checksum, SPDX["algorithm"], SPDX["checksumAlgorithm_sha256"])
    yield Triple(SPDX["checksumAlgorithm_sha256"], A, SPDX["ChecksumAlgorithm"])
    hex_ = NamedNode(f"{XSD}hexBinary")
    yield Triple(checksum, SPDX["checksumValue"], Literal(file.sha256, datatype=hex_))
    licence = iri(conf().METADATA_RIGHTS) if conf().METADATA_RIGHTS else None
    if licence is not None:
        yield Triple(node, DCTERMS["license"], licence)


def _service(here: NamedNode, dataset: NamedNode) -> Iterator[Triple]:
    """The endpoint, where the site has one."""
    if not conf().SPARQL_STORE:
        return
    service = NamedNode(f"{here.value}#sparql")
    yield Triple(here, DCAT["service"], service)
    yield Triple(service, A, DCAT["DataService"])
    yield Triple(service, DCTERMS["title"], Literal("SPARQL", language="en"))
    yield Triple(service, DCAT["endpointURL"], NamedNode(uris.to("archive_lod:sparql")))
    yield Triple(NamedNode(uris.to("archive_lod:sparql")), A, RDFS["Resource"])
    yield Triple(service, DCAT["servesDataset"], dataset)


def _title() -> str:
    return f"Linked data of {conf().REPOSITORY_NAME}"


def _description() -> str:
    return (
        "Everything that is public of the archive: documents with their texts, the people, places and concepts that "
        "they name, the archival units in which they are kept, and collections."
    )


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=NamedNode(f"{XSD}integer"))


def _public() -> Any:
    return Representation.objects.filter(format="ntriples", withdrawn=False)
