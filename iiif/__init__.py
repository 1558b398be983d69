"""IIIF: one package for each of its APIs."""
