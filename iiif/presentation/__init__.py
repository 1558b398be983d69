"""IIIF Presentation API 3: manifests, rendered once in the worker and served from storage, and collections."""
