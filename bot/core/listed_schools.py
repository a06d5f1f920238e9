"""Of which schools the ministry's list was read, asked by whoever sees many schools at once."""

from typing import Protocol


class ListedSchools(Protocol):
    """The schools with a list. Errors: StoreUnavailable."""

    async def schools_listed(self) -> frozenset[str]:
        """Ids of the schools of which a list of this school year names somebody."""
        ...
