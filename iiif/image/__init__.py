"""IIIF Image API 3 and 2 at level 2: any part of a page, at any size, of public documents alone.

``parameters`` says what a request asks, ``plans`` what that comes to on a page; ``making`` has it done: by
``stored_tiles`` where the file has the very tile, by ``stitching`` where it has tiles enough at that size, else by
``derivation``.
"""
