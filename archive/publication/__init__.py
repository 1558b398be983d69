"""Publication: the verbs that make documents public, keep what is public true, and take it back.

``publish``   typesets and renders documents, and makes them public; those under embargo wait for its end.
``refresh``   renders published documents anew; only what changed is written and restamped.
``withdraw``  takes documents back; their representations stay as tombstones without content.

``typeset_pages``  makes page images and nothing else, for archivists who look before the public may.

``due``         finds documents whose embargo has ended.
``stale``       finds published documents that were changed and not rendered since.
``mark_stale``  says of published documents that something they name has changed.
``look_again``  says so of those that were being published while it changed.
``follow_queries``  does so for documents that have to enter or to leave the set of a stored query.
``retell``      renders archival units anew, where something that they say has changed.

Rendering is for workers. ``withdraw`` alone renders nothing, and is done where it is asked for; what names a
withdrawn document is stale then, and said so in ``Outcome.beside``.

Each verb takes primary keys and works in batches, one transaction each. A document that cannot be rendered is
left as it was, with the reason beside it, and does not hold up the others. One that cannot be typeset, because
no font has its script, is published without page images: its words can be read, found and harvested.
"""

from archive.publication.following import follow_anew, follow_queries, members
from archive.publication.outcome import Outcome
from archive.publication.pages import typeset_pages
from archive.publication.publishing import publish, refresh
from archive.publication.retelling import retell, untold
from archive.publication.waiting import GRACE, due, look_again, mark_stale, stale
from archive.publication.withdrawing import AT_ONCE, withdraw

__all__ = [
    "AT_ONCE",
    "GRACE",
    "Outcome",
    "due",
    "follow_anew",
    "follow_queries",
    "look_again",
    "mark_stale",
    "members",
    "publish",
    "refresh",
    "retell",
    "stale",
    "typeset_pages",
    "untold",
    "withdraw",
]
