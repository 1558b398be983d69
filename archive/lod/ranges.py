"""What the properties of dcterms take (DCMI Metadata Terms, section 3, rows "Range" and "Range Includes")."""

#: Properties that take words. ``abstract``, ``description`` and ``tableOfContents`` may take either.
LITERAL_TERMS = frozenset(
    (
        "abstract", "alternative", "available", "bibliographicCitation", "created", "date", "dateAccepted",
        "dateCopyrighted", "dateSubmitted", "description", "identifier", "issued", "modified", "tableOfContents",
        "title", "valid",
    )
)  # fmt: skip

#: The class of the thing that a property takes, where one is named.
CLASSES = {
    "accessRights": "dcterms:RightsStatement",
    "accrualMethod": "dcterms:MethodOfAccrual",
    "accrualPeriodicity": "dcterms:Frequency",
    "accrualPolicy": "dcterms:Policy",
    "audience": "dcterms:AgentClass",
    "conformsTo": "dcterms:Standard",
    "contributor": "dcterms:Agent",
    "creator": "dcterms:Agent",
    "educationLevel": "dcterms:AgentClass",
    "extent": "dcterms:SizeOrDuration",
    "format": "dcterms:MediaTypeOrExtent",
    "instructionalMethod": "dcterms:MethodOfInstruction",
    "language": "dcterms:LinguisticSystem",
    "license": "dcterms:LicenseDocument",
    "mediator": "dcterms:AgentClass",
    "medium": "dcterms:PhysicalMedium",
    "provenance": "dcterms:ProvenanceStatement",
    "publisher": "dcterms:Agent",
    "rights": "dcterms:RightsStatement",
    "rightsHolder": "dcterms:Agent",
    "spatial": "dcterms:Location",
    "subject": "skos:Concept",
    "temporal": "dcterms:PeriodOfTime",
}
