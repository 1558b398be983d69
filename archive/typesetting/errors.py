"""What can go wrong when a text is set."""


class TypesettingError(Exception):
    """A text cannot be set; the message says why, and what to do."""
