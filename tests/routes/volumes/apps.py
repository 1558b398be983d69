"""Adds the reader of volumes to those that the site has."""

from django.apps import AppConfig

from archive import readers
from tests.routes.volumes.reader import VolumeReader


class Volumes(AppConfig):
    name = "tests.routes.volumes"

    def ready(self) -> None:
        readers.MARKED = (VolumeReader(), *readers.MARKED)
