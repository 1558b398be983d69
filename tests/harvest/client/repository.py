"""A repository on this machine, over real HTTP, that behaves as it is told: well, or as badly as some do."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
Reply = tuple[int, dict[str, str], bytes]


def a_record(name: str, *, title: str = "", datestamp: str = "2024-01-01T00:00:00Z", about: str = "") -> str:
    """A record with a title."""
    return (
        f"<record><header><identifier>oai:other.example.org:{name}</identifier><datestamp>{datestamp}</datestamp>"
        f'</header><metadata><oai_dc:dc xmlns:oai_dc="{OAI_DC}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title or f'Letter {name}'}</dc:title><dc:creator>Lindqvist, Aino</dc:creator></oai_dc:dc>"
        f"</metadata>{about}</record>"
    )


def a_deletion(name: str, *, datestamp: str = "2024-02-01T00:00:00Z") -> str:
    """A deleted record."""
    return (
        f'<record><header status="deleted"><identifier>oai:other.example.org:{name}</identifier>'
        f"<datestamp>{datestamp}</datestamp></header></record>"
    )


def answered(inner: str) -> bytes:
    """An answer of OAI-PMH."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        f"<responseDate>2024-03-01T12:00:00Z</responseDate><request>http://other.example.org/oai</request>{inner}</OAI-PMH>"
    ).encode(errors="surrogatepass")


def an_error(code: str, words: str = "") -> bytes:
    """An answer that is an error."""
    return answered(f'<error code="{code}">{words}</error>')


@dataclass
class Repository:
    """Pages of records. ``replies`` are given first, one for each request of ListRecords, instead of a page.

    A reply is called with the arguments and gives status, headers and body, or None for the page as it is.
    """

    pages: list[list[str]] = field(default_factory=list)
    replies: list[Callable[[dict[str, str]], Reply | None]] = field(default_factory=list)
    always: Callable[[dict[str, str]], Reply | None] = lambda asked: None
    sets: tuple[str, ...] = ()
    granularity: str = "YYYY-MM-DDThh:mm:ssZ"
    asked: list[dict[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    port: int = 0

    @property
    def base_url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}/oai"

    def reply(self, asked: dict[str, str], headers: dict[str, str]) -> Reply:
        """What it answers."""
        self.asked.append(asked)
        self.headers.append(headers)
        if asked.get("verb") == "ListRecords" and self.replies and (given := self.replies.pop(0)(asked)):
            return given
        if asked.get("verb") == "ListRecords" and (given := self.always(asked)):
            return given
        return 200, {"Content-Type": "text/xml"}, getattr(self, asked.get("verb", ""))(asked)

    def Identify(self, asked):  # noqa: N802 - the verb's name
        """Who it is."""
        return answered(
            "<Identify><repositoryName>Archive of an invented province</repositoryName><baseURL>http://x/</baseURL>"
            "<protocolVersion>2.0</protocolVersion><adminEmail>a@example.org</adminEmail><earliestDatestamp>"
            "1990-01-01T00:00:00Z</earliestDatestamp><deletedRecord>persistent</deletedRecord>"
            f"<granularity>{self.granularity}</granularity></Identify>"
        )

    def ListMetadataFormats(self, asked):  # noqa: N802 - the verb's name
        """What it offers: one format that is read, and one that is not."""
        formats = (("oai_dc", OAI_DC), ("marc21", "http://www.loc.gov/MARC21/slim"))
        return answered(
            "<ListMetadataFormats>"
            + "".join(
                f"<metadataFormat><metadataPrefix>{prefix}</metadataPrefix><schema>http://x</schema>"
                f"<metadataNamespace>{namespace}</metadataNamespace></metadataFormat>"
                for prefix, namespace in formats
            )
            + "</ListMetadataFormats>"
        )

    def ListSets(self, asked):  # noqa: N802 - the verb's name
        """Its sets, if it has any."""
        if not self.sets:
            return an_error("noSetHierarchy")
        sets = "".join(f"<set><setSpec>{each}</setSpec><setName>The {each}</setName></set>" for each in self.sets)
        return answered(f"<ListSets>{sets}</ListSets>")

    def ListRecords(self, asked):  # noqa: N802 - the verb's name
        """One page; the token is the number of the next."""
        number = int(asked.get("resumptionToken", "0"))
        if number >= len(self.pages):
            return an_error("noRecordsMatch")
        more = str(number + 1) if number + 1 < len(self.pages) else ""
        token = f'<resumptionToken completeListSize="{sum(map(len, self.pages))}">{more}</resumptionToken>'
        return answered(f"<ListRecords>{''.join(self.pages[number])}{token}</ListRecords>")


class _Handler(BaseHTTPRequestHandler):
    repository: Repository

    def do_GET(self):
        asked = dict(parse_qsl(urlsplit(self.path).query))
        status, headers, body = self.repository.reply(asked, dict(self.headers))
        if "gzip" in self.headers.get("Accept-Encoding", "") and "Content-Encoding" not in headers and status == 200:
            headers, body = {**headers, "Content-Encoding": "gzip"}, gzip.compress(body)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@contextmanager
def serving(repository: Repository):
    """The repository while it answers."""
    handler = type("Handler", (_Handler,), {"repository": repository})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    repository.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield repository
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def speaking(say: Callable[[socket.socket], None]):
    """A server that says on each connection whatever it is told to; its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=_say, args=(say, connection), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()


def _say(say, connection):
    with connection:
        try:
            connection.recv(65536)
            say(connection)
        except OSError:
            return
