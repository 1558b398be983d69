"""A site whose sources may be volumes: a made-up format that takes its time, so that a worker dies in the middle."""
