"""What harvesting others keeps: sources, runs, and what is known of each record."""

from harvest.models.problem import HarvestProblem
from harvest.models.record import HarvestedRecord
from harvest.models.run import HarvestRun
from harvest.models.source import HarvestSource

__all__ = ["HarvestProblem", "HarvestRun", "HarvestSource", "HarvestedRecord"]
