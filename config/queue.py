"""The embedded broker: kombu's queue in a folder, whose messages appear whole or not at all.

kombu opens a message under its own name and writes into it then. A worker that looks in between takes an empty
message, and ends with "Unrecoverable error": with a task every few seconds that is a matter of hours.
"""

from __future__ import annotations

import json
import logging
import uuid
from pathlib import Path
from queue import Empty
from time import monotonic
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps

logger = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    """A channel over folders."""

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override] # as kombu's own
        """Put a message onto a queue: written under a name that no queue has, then renamed."""
        folder = Path(self.data_folder_out)
        name = f"{round(monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        new = folder / f"{name}.new"
        try:
            new.write_bytes(str_to_bytes(dumps(payload)))
            new.rename(folder / name)
        except OSError as error:
            raise ChannelError(f"Cannot add file {name!r} to directory") from error

    def _get(self, queue: str, *arguments: Any, **kwargs: Any) -> Any:
        """The next message of a queue. One that a killed process left half written is passed over: it was a hint."""
        try:
            return super()._get(queue, *arguments, **kwargs)
        except json.JSONDecodeError:
            logger.warning("a message of the queue %s was not whole and is passed over", queue)
            raise Empty from None


class Transport(filesystem.Transport):
    """The transport with these channels, in the place of kombu's; see config.celery."""

    Channel = Channel
