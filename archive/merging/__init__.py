"""Merging: two authorities turn out to be one, and one of them takes the other's place.

``preview``  says what would move to the one that is kept, and what would be dropped because it has it already.
``merge``    moves it, and remembers everything that is needed to undo it.
``undo``     puts everything back.

What hangs on an authority is listed in ``SHARES``; what the kept one lacks of the merged one's own fields it inherits
(``INHERITED``). The merged one's row stays, empty but for its own fields, so that its address redirects for ever.
Merging and undoing are versions in the history of every authority that they change. Each verb is one transaction;
the public documents that name one of the two are stale then, and who calls it hints to a worker.
"""

from archive.merging.inheritance import INHERITED
from archive.merging.joining import merge
from archive.merging.parting import undo
from archive.merging.plans import Part, Preview, preview
from archive.merging.refusals import MergeRefused
from archive.merging.shares import MODELS, SHARES, Authority, Share
from archive.merging.standing import affected, authorities_of, names_of, standing

__all__ = [
    "INHERITED",
    "MODELS",
    "SHARES",
    "Authority",
    "MergeRefused",
    "Part",
    "Preview",
    "Share",
    "affected",
    "authorities_of",
    "merge",
    "names_of",
    "preview",
    "standing",
    "undo",
]
