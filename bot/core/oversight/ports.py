"""What a regional office's view needs from outside."""

from collections.abc import Collection, Mapping
from typing import Protocol

from bot.core.oversight.figures import SchoolFigures
from bot.core.people.model import School


class SchoolsOfRegion(Protocol):
    """All schools of a region. Errors: DirectoryError and its kinds."""

    async def schools_of_region(self, region: str) -> tuple[School, ...]:
        """Those of whom it is known that they are in this region (област, in any spelling); minutes old."""
        ...


class Figures(Protocol):
    """What is counted of schools. Errors: StoreUnavailable."""

    async def figures(self, schools: Collection[str]) -> Mapping[str, SchoolFigures]:
        """By the id of the school, in one statement for all; of whom nothing is known is left out."""
        ...
