"""The use cases of a regional office's view of its schools."""

from dataclasses import dataclass

from bot.core.oversight.region import RegionTable, ShowRegion
from bot.dialogs.parts import Parts

REGION = "/links/region/"
"""The page of the table; a token follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionCases:
    """`public_url`: of the bot's pages, "" where browsers cannot reach it."""

    show: ShowRegion
    table: RegionTable
    public_url: str

    def table_page(self, token: str) -> str:
        """The address of the page of the table."""
        return f"{self.public_url.rstrip('/')}{REGION}{token}"


def build_web(parts: Parts) -> RegionCases:
    """The use cases of the conversation."""
    show = ShowRegion(actors=parts.actors, schools=parts.schools, figures=parts.figures, listed=parts.account_lists)
    table = RegionTable(show=show, links=parts.one_time_links, clock=parts.clock, new_token=parts.new_token)
    return RegionCases(show=show, table=table, public_url=parts.public_url)
