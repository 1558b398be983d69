"""Full text search over the public documents."""
