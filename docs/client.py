"""A client of the API in one page, on the standard library alone: read, search, edit, publish, withdraw.

>>> archive = Archive("http://127.0.0.1:8000", token="…")
>>> for document in archive.every("documents", q="armistice", fields="identifier,title"):
...     print(document["identifier"], document["title"]["value"])
"""

import json
import time
import uuid
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen


class Problem(Exception):
    """What the archive refused; ``said`` is the problem document, ``status`` its number."""

    def __init__(self, said):
        super().__init__(said.get("detail", ""))
        self.said, self.status = said, said["status"]


class Archive:
    """An archive at an address; with the token of a user, what that user may."""

    def __init__(self, address, token="", send=urlopen):
        self.root, self.token, self.send = address.rstrip("/") + "/api/", token, send

    def ask(self, method, address, body=None, **headers):
        """The answer's JSON and its headers. Addresses come from answers, or are below ``/api/``."""
        url = address if "://" in address else self.root + address
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            given["Authorization"] = f"Bearer {self.token}"
        if body is not None:
            given["Content-Type"] = "application/json"
        data = None if body is None else json.dumps(body).encode()
        try:
            with self.send(Request(url, data, given, method=method)) as answer:
                text = answer.read()
                return json.loads(text) if text else None, answer.headers
        except HTTPError as refused:
            raise Problem(json.load(refused)) from None

    def every(self, noun, **parameters):
        """All things of a list, whatever the pages: documents, agents, places, concepts, units, collections."""
        address = f"{noun}/?{urlencode(parameters)}"
        while address:
            page, _ = self.ask("GET", address)
            yield from page["results"]
            address = page["next"]

    def create(self, noun, record, key=""):
        """A new record. Where the answer was lost, the same call with the same key makes no second one."""
        return self.ask("POST", f"curation/{noun}/", record, Idempotency_Key=key or str(uuid.uuid4()))[0]

    def edit(self, noun, name, change):
        """Change a record by what ``change(record)`` returns, again and again until nobody was faster."""
        while True:
            record, headers = self.ask("GET", f"curation/{noun}/{name}/")
            try:
                return self.ask("PATCH", record["url"], change(record), If_Match=headers["ETag"])[0]
            except Problem as problem:
                if problem.status != 412:
                    raise

    def publish(self, *documents):
        """Publish documents and wait until that is done; the job, with what became of each."""
        return self._job("curation/publications/", {"documents": documents})

    def withdraw(self, *documents, reason):
        """Withdraw documents."""
        return self._job("curation/withdrawals/", {"documents": documents, "reason": reason})

    def _job(self, address, body):
        job, _ = self.ask("POST", address, body, Idempotency_Key=str(uuid.uuid4()))
        while not job["finished_at"]:
            time.sleep(1)
            job, _ = self.ask("GET", job["url"])
        return job
