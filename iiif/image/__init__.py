"""IIIF Image API 3 at level 2: any part of a page, at any size, of public documents alone."""
