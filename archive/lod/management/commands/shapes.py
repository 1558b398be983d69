"""``manage.py shapes``: whether everything that is public has the shapes that the archive publishes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.lod.shapes import checking


class Command(BaseCommand):
    """Check here and now, and tell what has not its shape."""

    help = "Check the data of everything that is public against the shapes at /shapes (SHACL), and list what fails."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check; an exit code of 1 says that something failed."""
        try:
            check = checking.begin()
        except checking.OneIsRunning as refusal:
            raise CommandError(str(refusal)) from None
        checking.run(check.pk)
        check.refresh_from_db()
        for failure in check.failures.iterator():
            self.stdout.write(f"{failure.identifier}  {failure.node}  {failure.path}  {failure.message}")
        told = f"{check.done} things are looked at, {check.failing} have not their shape."
        if check.failing:
            raise CommandError(told)
        self.stdout.write(self.style.SUCCESS(told))
