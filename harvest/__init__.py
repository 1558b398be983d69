"""OAI-PMH, both ways: the provider that others harvest, and the client that harvests others."""
