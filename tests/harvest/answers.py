"""An answer of the provider, for tests to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from lxml import etree

NAMESPACES = {
    "oai": "http://www.openarchives.org/OAI/2.0/",
    "oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/",
    "dc": "http://purl.org/dc/elements/1.1/",
}


@dataclass
class Answer:
    """The root of an answer."""

    root: Any

    @classmethod
    def of(cls, content: bytes, schema: Any = None) -> Answer:
        root = etree.fromstring(content)
        if schema is not None:
            schema.assertValid(root)
        return cls(root)

    def all(self, path: str) -> list[Any]:
        return self.root.xpath(path, namespaces=NAMESPACES)

    def texts(self, path: str) -> list[str]:
        return [each.text or "" for each in self.all(path)]

    def text(self, path: str) -> str:
        [text] = self.texts(path)
        return text

    @property
    def errors(self) -> list[str]:
        """The codes of the errors."""
        return [each.get("code") for each in self.all("/oai:OAI-PMH/oai:error")]

    @property
    def request(self) -> dict[str, str]:
        """The arguments that the answer repeats."""
        return dict(self.all("/oai:OAI-PMH/oai:request")[0].attrib)

    @property
    def identifiers(self) -> list[str]:
        """The last part of the identifier in each header."""
        return [text.rsplit(":", 1)[-1] for text in self.texts("//oai:header/oai:identifier")]

    @property
    def deleted(self) -> list[str]:
        """The same of the deleted ones."""
        found = self.texts("//oai:header[@status='deleted']/oai:identifier")
        return [text.rsplit(":", 1)[-1] for text in found]

    @property
    def token(self) -> Any:
        """``<resumptionToken>``, or None."""
        return next(iter(self.all("//oai:resumptionToken")), None)

    @property
    def next(self) -> str:
        """The rest of the query for the next page; empty if there is none."""
        text = self.token.text if self.token is not None else None
        return f"resumptionToken={quote(text)}" if text else ""
