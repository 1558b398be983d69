"""IIIF Change Discovery 1.0 at level 2: which manifests came, changed and went, in that order.

The activities are the rows of the manifests themselves: each document has one, the last thing that happened to it.
"""
