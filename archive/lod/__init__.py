"""Linked data: each public thing as RDF."""
