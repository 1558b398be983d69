"""Merging: two authorities turn out to be one, and one of them takes the other's place.

``preview``  says what would move to the one that is kept, and what would be dropped because it has it already.
``merge``    moves it, and remembers everything that is needed to undo it.
``undo``     puts everything back.

What hangs on an authority is listed in ``SHARES``. The merged one's row stays, empty but for its own fields, so
that its address redirects for ever. Each verb is one transaction; who calls it lets the public documents that
name the kept one be rendered anew, when it is committed.
"""

from archive.merging.joining import merge
from archive.merging.parting import undo
from archive.merging.plans import Part, Preview, preview
from archive.merging.refusals import MergeRefused
from archive.merging.shares import MODELS, SHARES, Authority, Share
from archive.merging.standing import affected, authorities_of, standing

__all__ = [
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
    "preview",
    "standing",
    "undo",
]
