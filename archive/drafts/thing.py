"""Draft of a thing that documents name or lie in: an agent, a place, a concept, a concept scheme, a collection."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ThingName:
    """A further name.

    ``kind`` is ``variant``, ``pseudonym`` or ``former`` of agents, ``preferred`` or ``alternative`` of concepts, and
    empty of places.
    """

    value: str
    language: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ThingDraft:
    """What a source says of such a thing by itself.

    ``kind`` is ``agent``, ``place``, ``concept``, ``scheme`` or ``collection``; ``uri`` the address by which the source
    knows it. The rest is empty where the source does not say it, or where that kind of thing has none.
    """

    kind: str
    uri: str
    name: str
    #: ``person``, ``corporate_body`` or ``family`` of an agent; of a place GeoNames' code of its feature.
    type: str = ""
    #: EDTF.
    dates: str = ""
    notation: str = ""
    #: Degrees, WGS 84.
    latitude: str = ""
    longitude: str = ""
    description: str = ""
    #: Address of the vocabulary that a scheme is taken from.
    owner: str = ""
    #: Address and title of a concept's scheme.
    scheme: str = ""
    scheme_title: str = ""
    #: Addresses of what stands above it, and of concepts beside it.
    above: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    names: tuple[ThingName, ...] = ()
    #: Addresses at others, each with how close it is: ``exactMatch``, ``closeMatch``, ``broadMatch``, ``narrowMatch``.
    links: tuple[tuple[str, str], ...] = ()
