"""The REST interface for programs."""
