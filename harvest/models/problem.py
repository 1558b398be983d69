"""Problems: what an archivist should know of single records of a run."""

from __future__ import annotations

from django.db import models

from harvest.models.run import HarvestRun


class HarvestProblem(models.Model):
    """One thing that went otherwise than it should. The run went on."""

    run = models.ForeignKey(HarvestRun, models.CASCADE, related_name="problems")
    #: The record's, as far as it could be read; empty where a page as a whole is meant.
    identifier = models.CharField(max_length=500, blank=True)
    page = models.PositiveIntegerField()
    message = models.TextField()

    class Meta:
        ordering = ["run_id", "id"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.message
