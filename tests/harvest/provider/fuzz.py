"""Random requests, made of what harvesters send and of what nobody should."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from urllib.parse import quote_plus

from django.core import signing

VERBS = ("Identify", "ListMetadataFormats", "ListSets", "ListIdentifiers", "ListRecords", "GetRecord")
#: The arguments that each verb takes, so that many requests are right.
TAKEN = {
    "ListMetadataFormats": ("identifier",),
    "ListSets": ("resumptionToken",),
    "ListIdentifiers": ("metadataPrefix", "set", "from", "until", "resumptionToken"),
    "ListRecords": ("metadataPrefix", "set", "from", "until", "resumptionToken"),
    "GetRecord": ("metadataPrefix", "identifier"),
}
NAMES = (
    "verb",
    "identifier",
    "metadataPrefix",
    "from",
    "until",
    "set",
    "resumptionToken",
    "nonsense",
    "from_",
    "é",
    "",
)
ACCEPTS = (None, "*/*", "text/xml", "text/html", "text/html,application/xhtml+xml,*/*;q=0.8", "junk;q=é", "a/b;q=x,,;")
#: Tokens of others: of pyoai, of a page counted off, one that is signed with another key, and one of another use.
FOREIGN = (
    "metadataPrefix%3Doai_dc%26cursor%3D5",
    "oai_dc/100",
    "WyJMaXN0UmVjb3JkcyIsIm9haV9kYyIsIiIsbnVsbCxudWxsXQ:1vN0aa:u5rZbq8o0p1i2J3k4L5m6N7o8P9q0R1s2T3u4V5w6X7",
    signing.dumps(["ListRecords", "oai_dc"], key="another", salt="harvest.provider.tokens"),
)
CHARACTERS = "aZ09-_.!~*'():/%&=+#?[]{}<>\"\\ \t\n\r\x00\x01\x0b\x1f\x7f\x85é中\u200f\ufffe\uffff𐍈"


class Requests:
    """Requests, the same ones for the same seed. ``tokens`` may grow with those that answers hold."""

    def __init__(self, seed: int, identifiers: Sequence[str], sets: Sequence[str]) -> None:
        self.chance = random.Random(seed)
        self.tokens: list[str] = []
        self.values = {
            "verb": VERBS,
            "identifier": (*identifiers, "oai:x", "urn:a#b", "http://u@h:1/?q#f", "http://[x", "http://h:x/"),
            "metadataPrefix": ("oai_dc", "oai_dc", "oai_dc", "marc", "oai-dc", ""),
            "set": (*sets, "collection", "a:b:c", ":", "a:"),
            "from": ("2020-01-01", "2020-01-01T12:00:00Z", "2020-1-1", "0001-01-01", "9999-12-31", "2020-02-30"),
            "until": ("2020-01-01", "2020-01-02T00:00:00Z", "2020-01-01T25:00:00Z", "0000-00-00", "9999-12-31"),
        }

    def queries(self, count: int) -> Iterator[str]:
        """So many queries, as they stand in an address."""
        for _ in range(count):
            yield "&".join(f"{self._written(name)}={self._written(value)}" for name, value in self._arguments())

    def accept(self) -> str | None:
        return self.chance.choice(ACCEPTS)

    def _arguments(self) -> list[tuple[str, str]]:
        chance = self.chance
        verb = chance.choice(VERBS)
        names = [name for name in TAKEN.get(verb, ()) if chance.random() < 0.6]
        if "resumptionToken" in names and chance.random() < 0.9:
            names = ["resumptionToken"] if self.tokens and chance.random() < 0.5 else names[:-1]
        if chance.random() < 0.3:
            names += chance.choices(NAMES, k=chance.randint(1, 3))
        pairs = [("verb", verb), *((name, self._value(name)) for name in names)]
        if chance.random() < 0.05:
            pairs.pop(0)
        if chance.random() < 0.1:
            chance.shuffle(pairs)
        return pairs

    def _value(self, name: str) -> str:
        chance = self.chance
        if name == "resumptionToken" and chance.random() < 0.05:
            return chance.choice(FOREIGN)
        if name == "resumptionToken" and self.tokens and chance.random() < 0.8:
            return self._hurt(chance.choice(self.tokens)) if chance.random() < 0.3 else chance.choice(self.tokens)
        if name in self.values and chance.random() < 0.85:
            value = chance.choice(self.values[name])
            return self._hurt(value) if chance.random() < 0.1 else value
        return "".join(chance.choices(CHARACTERS, k=chance.randint(0, 30)))

    def _hurt(self, value: str) -> str:
        """A value with one character changed, put in or taken out."""
        place = self.chance.randint(0, len(value))
        return value[:place] + self.chance.choice(["", self.chance.choice(CHARACTERS)]) + value[place + 1 :]

    def _written(self, text: str) -> str:
        """As in an address; now and then with bytes that are no UTF-8, or an escape that is none."""
        odd = self.chance.random()
        if odd < 0.01:
            return self.chance.choice(("%ff", "%c3%28", "%", "%zz", "%ed%a0%80", "%00"))
        return quote_plus(text, errors="replace")
