"""Scans: images of pages, alone, in series, beside a text, or described by ALTO and PAGE XML.

``belonging`` holds the rules by which files belong together, ``images`` looks at image files, ``transcription`` is what
ALTO and PAGE XML have in common, ``beside`` gives a text the images that lie beside it.
"""
