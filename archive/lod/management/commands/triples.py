"""``manage.py triples``: what keeps the archive's triples outside of the database, made anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive import publication, staleness
from archive.conf import conf
from archive.lod import pushing
from archive.lod.models import Follower
from archive.lod.sparql import writing
from archive.publication.retelling import TELLERS


class Command(BaseCommand):
    """Write the store that SPARQL asks anew, or tell an outside triple store everything."""

    help = (
        "rebuild: write the store that SPARQL asks anew from what is public; the old one answers meanwhile. "
        "push: tell the triple store at GRAPH_STORE everything anew, and what was withdrawn. "
        "things: render agents, places, concepts with their schemes, units and collections anew."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which of the three."""
        parser.add_argument("what", choices=("rebuild", "push", "things"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say how many graphs it were."""
        if options["what"] == "rebuild":
            if not conf().SPARQL_STORE:
                raise CommandError("FONDS['SPARQL_STORE'] names no folder, so there is no store to write.")
            self.stdout.write(self.style.SUCCESS(f"{writing.rebuild()} graphs are in the store."))
            return
        if options["what"] == "things":
            for kind, teller in TELLERS.items():
                staleness.mark(kind, teller.model._default_manager.values_list("pk", flat=True))
            self.stdout.write(self.style.SUCCESS(f"{publication.retell()} representations have changed."))
            return
        if not conf().GRAPH_STORE:
            raise CommandError("FONDS['GRAPH_STORE'] names no triple store to push to.")
        taken = pushing.push_everything()
        follower = Follower.objects.get(address=conf().GRAPH_STORE, base=conf().PUBLIC_BASE_URL)
        if follower.failure:
            raise CommandError(f"{taken} graphs were taken; then {follower.failure}. The clock tries again.")
        self.stdout.write(self.style.SUCCESS(f"{taken} graphs were taken, {follower.refused} refused."))
