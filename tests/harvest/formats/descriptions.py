"""Descriptions made by chance: whatever a description can hold, and more than any archive would write."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from archive.description import (
    CollectionDescription,
    ContributionDescription,
    DateDescription,
    Description,
    EventDescription,
    LanguageString,
    LinkDescription,
    NumberDescription,
    PageDescription,
    ReferenceDescription,
    RelationDescription,
    StatementDescription,
    SubjectDescription,
    TextDescription,
)
from archive.vocab.dcmi import TERMS

BASE = "https://archive.example.org"

#: Anything: control characters, lone surrogates, characters that XML cannot carry, blanks, nothing.
texts = st.one_of(
    st.text(st.characters(), max_size=12),
    st.sampled_from(
        ["", " ", "\x00", "\x0b\x1f", "\ufffe", "\ud800", "\u00a0", "]]>", "<a>&amp;", "Телеграмма", "[Untitled]"]
    ),
)
languages = st.sampled_from(["", "en", "ru", "zh-Hans", "yue", "not a tag!", "x" * 40, "\x01", "en-"])
#: Of our own making: always right.
own = st.sampled_from([f"{BASE}/documents/{n}" for n in range(3)] + [f"{BASE}/agents/{n}" for n in range(3)])
#: Of others: anything.
uris = st.one_of(
    texts,
    st.sampled_from([
        "http://vocab.example.org/诏书", "http://[::1", "http://a b", "http://a/%zz", "urn:x", "not an address",
        "http://example.org/a?b=c#d", "http://example.org/#a#b", "http://purl.org/dc/dcmitype/Text", "http://u@h/",
        "http://example.org/\x01", "http://example.org/\ud800", f"{BASE}/documents/110692",
    ]),
)  # fmt: skip
rights = st.one_of(
    uris,
    st.sampled_from([
        "http://rightsstatements.org/vocab/CNE/1.0/", "http://creativecommons.org/licenses/by/3.0/de/",
        "http://creativecommons.org/licenses/by/4.0/de/", "https://rightsstatements.org/vocab/CNE/1.0/",
    ]),
)  # fmt: skip
days = st.one_of(st.none(), st.dates())
links = st.lists(
    st.builds(LinkDescription, uris, st.sampled_from(["exactMatch", "closeMatch", "broadMatch", "narrowMatch"])),
    max_size=2,
).map(tuple)


def tuples(strategy):
    return st.lists(strategy, max_size=3).map(tuple)


roles = st.sampled_from([
    "sender", "addressee", "intermediary", "copy recipient", "author", "signatory", "translator", "transcriber",
    "editor", "contributor", "mentioned",
])  # fmt: skip
kinds = st.sampled_from(["person", "corporate_body", "family", "unknown"])
contributions = st.builds(
    ContributionDescription, roles, texts, texts, texts, st.just("a"), own, kinds, st.none(), st.booleans(), links
)
subjects = st.one_of(
    st.builds(
        SubjectDescription, st.just("about"), st.sampled_from(["agent", "concept", "place"]), texts, st.just("s"), own,
        st.booleans(), links,
    ),
    st.builds(SubjectDescription, st.just("type"), st.just("concept"), texts, st.just("s"), own, st.booleans(), links),
    st.builds(
        SubjectDescription, st.sampled_from(["written at", "received at"]), st.just("place"), texts, st.just("s"), own,
        st.booleans(), links,
    ),
)  # fmt: skip
statements = st.builds(
    StatementDescription, st.one_of(st.sampled_from(sorted(TERMS)), st.just("nonsense")), texts, languages, uris
)
pages = st.builds(
    PageDescription, st.sampled_from(["110692.1", "110692.2"]), st.sampled_from(["scan", "typeset"]),
    st.integers(0, 9000), st.integers(0, 9000), st.just("image/tiff"), st.sampled_from([1, 2, None]), languages,
    st.just(()),
)  # fmt: skip
held = st.builds(
    TextDescription, st.sampled_from([1, 2]), st.sampled_from(["original", "transcript", "translation"]), texts,
    languages, texts, st.just(""), texts, rights,
)  # fmt: skip

descriptions = st.builds(
    Description,
    key=st.just(1),
    identifier=st.just("110692"),
    uri=st.just(f"{BASE}/documents/110692"),
    title=st.builds(LanguageString, texts, languages),
    date=st.builds(DateDescription, st.one_of(texts, st.just("1950-07-13")), texts, days, days),
    numbers=tuples(st.builds(NumberDescription, st.sampled_from(["telegram", "cited", "ark", "doi"]), texts)),
    events=tuples(st.builds(EventDescription, st.just("sent"), texts, texts, texts, texts, texts, texts, texts)),
    contributions=tuples(contributions),
    distribution=texts,
    distribution_copies=st.none(),
    distribution_possibly_truncated=st.booleans(),
    summary=st.builds(LanguageString, texts, languages),
    original_language=languages,
    texts=tuples(held),
    references=tuples(st.builds(ReferenceDescription, texts, texts, texts, texts, texts, texts, texts, st.booleans())),
    citation=texts,
    rights=texts,
    rights_uri=rights,
    rights_holder=texts,
    subjects=tuples(subjects),
    relations=tuples(
        st.builds(RelationDescription, st.sampled_from(["reply to", "enclosed in"]), texts, st.just("2"), own, texts)
    ),
    source_url=uris,
    collections=tuples(st.builds(CollectionDescription, st.just("korea"), own, texts)),
    sets=st.just(()),
    pages=st.lists(pages, max_size=2, unique_by=lambda page: page.identifier).map(tuple),
    statements=tuples(statements),
    published_at=st.one_of(st.none(), st.just(datetime(2020, 1, 1, tzinfo=UTC))),
    withdrawn=st.just(False),
)


def a_description(**fields) -> Description:
    """One that lacks nothing and holds little: what Europeana takes."""
    return Description(
        **{
            "key": 1, "identifier": "110692", "uri": f"{BASE}/documents/110692",
            "title": LanguageString("Telegram", "en"),
            "date": DateDescription("1950-07-13", "July 13, 1950", date(1950, 7, 13), date(1950, 7, 13)),
            "numbers": (), "events": (), "contributions": (), "distribution": "", "distribution_copies": None,
            "distribution_possibly_truncated": False, "summary": LanguageString(""), "original_language": "",
            "texts": (TextDescription(1, "transcript", "transcript", "en", "Words"),), "references": (),
            "citation": "", "rights": "", "rights_uri": "http://rightsstatements.org/vocab/CNE/1.0/",
            "rights_holder": "", "subjects": (), "relations": (), "source_url": "", "collections": (), "sets": (),
            "pages": (), "statements": (StatementDescription("subject", "Korea", "en", ""),),
            "published_at": datetime(2020, 1, 1, tzinfo=UTC), "withdrawn": False,
            **fields,
        }
    )  # fmt: skip


def a_contribution(
    role: str = "sender", *, name: str = "Stalin", kind: str = "person", **fields
) -> ContributionDescription:
    """Somebody's part."""
    uri = f"{BASE}/agents/{name.lower().replace(' ', '-')}"
    return ContributionDescription(
        **{
            "role": role, "label": role, "name": name, "as_written": "", "agent_identifier": "a", "agent_uri": uri,
            "agent_kind": kind, "copies": None, **fields,
        }
    )  # fmt: skip


def a_page(number: int = 1, *, kind: str = "scan", text_key: int | None = 1) -> PageDescription:
    """A page of 1200 × 1600 pixels."""
    return PageDescription(f"110692.{number}", kind, 1200, 1600, "image/tiff", text_key, "en", ())
