"""Maps, drawn by this site itself: no reader's address goes to anybody who keeps tiles."""

from archive.web.maps.drawing import Box, Map, Point, drawn

__all__ = ["Box", "Map", "Point", "drawn"]
